import type { DataShape } from './data-shape.ts';
import type { Header } from './header.ts';

/** What an HDU holds, told from its header. `other` is an extension type that this module does not decode. */
export type HduKind =
  'image' | 'ascii-table' | 'binary-table' | 'compressed-image' | 'groups' | 'other';

/** One header-and-data unit; its data are read when asked for. */
export interface Hdu {
  /** Counted from 0, the primary. */
  readonly index: number;
  readonly kind: HduKind;
  /** EXTNAME without trailing blanks; `PRIMARY` for the primary without one, '' for an extension without one. */
  readonly name: string;
  /** EXTVER, 1 where it is absent or no integer. */
  readonly version: number;
  readonly header: Header;
  readonly shape: DataShape;
  /** In bytes from the start of the file. */
  readonly headerOffset: number;
  readonly dataOffset: number;
  /** Where the next HDU begins, or would, with this one's padding. */
  readonly end: number;
  /** How many bytes of the data the file does not have: more than 0 only in the last HDU of a truncated file. */
  readonly missingBytes: number;
}

/** The kind of an HDU, from SIMPLE or XTENSION, GROUPS and ZIMAGE. */
export function hduKind(header: Header, { index }: { readonly index: number }): HduKind {
  if (index === 0)
    return isTrue(header, 'GROUPS') && header.card('NAXIS1')?.value.text === '0'
      ? 'groups'
      : 'image';
  switch (header.string('XTENSION')) {
    case 'IMAGE':
    case 'IUEIMAGE':
      return 'image';
    case 'TABLE':
      return 'ascii-table';
    case 'BINTABLE':
    case 'A3DTABLE':
      return isTrue(header, 'ZIMAGE') ? 'compressed-image' : 'binary-table';
    default:
      return 'other';
  }
}

/** EXTNAME as `Hdu.name` gives it. */
export function hduName(header: Header, { index }: { readonly index: number }): string {
  const value = header.card('EXTNAME')?.value;
  return value?.kind === 'string' ? value.value : index === 0 ? 'PRIMARY' : '';
}

/** EXTVER as `Hdu.version` gives it: some HST reference files hold it as a string. */
export function hduVersion(header: Header): number {
  const value = header.card('EXTVER')?.value;
  const version =
    value === undefined || value.kind === 'complex' || !('value' in value)
      ? 1
      : Number(value.value);
  return Number.isSafeInteger(version) ? version : 1;
}

function isTrue(header: Header, keyword: string): boolean {
  const value = header.card(keyword)?.value;
  return value?.kind === 'logical' && value.value;
}
