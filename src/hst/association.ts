/** One row of an association table. */
export interface AssociationMember {
  /** Lower case root name: `jbz504ejq`, or a product `jbz504011`. */
  readonly name: string;
  /** MEMTYPE as it stands, upper case: `EXP-CR1`, `PROD-RPT`, ... */
  readonly type: string;
  /** MEMPRSNT: whether the member was there when the table was made. */
  readonly present: boolean;
}

/** What an association table says: which exposures make which products. */
export interface Association {
  /** Name of the file it was read from: `jbz504010_asn.fits`. */
  readonly file: string;
  readonly exposures: readonly AssociationMember[];
  readonly products: readonly AssociationMember[];
}
