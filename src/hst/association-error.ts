/** An association table that cannot be read or that contradicts itself. */
export class AssociationError extends Error {
  override readonly name = 'AssociationError';
  /** Name of the file: `jbz504010_asn.fits`. */
  readonly file: string;

  constructor(file: string, reason: string, options?: { readonly cause: unknown }) {
    super(`The association table \`${file}\` ${reason}`, options);
    this.file = file;
  }
}
