import { AssociationError } from './association-error.ts';
import type { Association, AssociationMember } from './association.ts';

/** One row as it stands in the table. */
export interface AssociationRow {
  readonly name: string;
  readonly type: string;
  /** A FITS logical (undefined where it is neither `T` nor `F`), or what older tables hold: `yes`, `T`, 1. */
  readonly present: boolean | number | string | undefined;
}

/**
 * Makes an association of the rows of its table. Trailing NULs and blanks do not count, nor does case, nor do blank rows.
 * Rows with a MEMTYPE of `PROD...` are products (`PRODUCT` for STIS); all others are exposures (`EXP-CR1`, and for STIS
 * `CRSPLIT`, `WAVECAL`, ...).
 *
 * @param options.file - name of the table's file; the dataset is what stands before `_asn`
 * @param options.dataset - ASN_ID or ROOTNAME of the primary header, where there is one
 * @throws AssociationError when a row has no usable name or type, a member stands twice, none is an exposure, a member
 * is another instrument's, or the header names another dataset than the file.
 */
export function parseAssociation(
  rows: readonly AssociationRow[],
  options: { readonly file: string; readonly dataset?: string },
): Association {
  const { file } = options;
  const id = file.replace(/_asn\.fits$/i, '').toLowerCase();
  const named = clean(options.dataset ?? '').toLowerCase();
  if (named !== '' && named !== id) {
    throw new AssociationError(file, `says that it is of \`${named}\`, not of \`${id}\`.`);
  }
  const members = rows
    .map((row, index) => parseMember(row, { file, id, row: index + 1 }))
    .filter((member) => member !== undefined);
  refuseTwins(members, file);
  const exposures = members.filter(({ type }) => !isProduct(type));
  const products = members.filter(({ type }) => isProduct(type));
  if (exposures.length > 0) return { file, exposures, products };
  throw new AssociationError(
    file,
    members.length === 0
      ? 'has no members.'
      : `names no exposures, only ${products.map(({ name }) => `\`${name}\``).join(', ')}.`,
  );
}

function parseMember(
  row: AssociationRow,
  options: { readonly file: string; readonly id: string; readonly row: number },
): AssociationMember | undefined {
  const { file, id } = options;
  const name = clean(row.name).toLowerCase();
  const type = clean(row.type).toUpperCase();
  if (name === '' && type === '') return undefined;
  if (!/^[a-z][a-z0-9]{8}$/.test(name)) {
    throw new AssociationError(
      file,
      `names \`${name}\` in row ${options.row}; expected the nine letters of an exposure or product.`,
    );
  }
  if (type === '') {
    throw new AssociationError(file, `gives \`${name}\` no MEMTYPE in row ${options.row}.`);
  }
  if (!name.startsWith(id.charAt(0))) {
    throw new AssociationError(file, `names \`${name}\`, which is of another instrument.`);
  }
  return { name, type, present: isPresent(row.present) };
}

function refuseTwins(members: readonly AssociationMember[], file: string): void {
  const seen = new Set<string>();
  for (const { name } of members) {
    if (seen.has(name)) throw new AssociationError(file, `names \`${name}\` twice.`);
    seen.add(name);
  }
}

function isProduct(type: string): boolean {
  return type.startsWith('PROD');
}

/** Only a plain no counts: a flag that says nothing must not hide that a file is missing. */
function isPresent(value: AssociationRow['present']): boolean {
  if (typeof value === 'string') return !/^[fn0]/i.test(clean(value));
  return value !== false && value !== 0;
}

/** FITS strings are padded with blanks or end at a NUL, whatever stands after it. */
function clean(text: string): string {
  return text.replace(/\0.*$/s, '').trim();
}
