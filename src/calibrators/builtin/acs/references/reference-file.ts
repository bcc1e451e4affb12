import { withFits } from '../../../../fits/fits-file.ts';
import { cardValue } from '../header/cards.ts';
import { resolveReferenceName } from './resolve-name.ts';

/** A reference file that a header names. */
export interface ReferenceFile {
  readonly keyword: string;
  /** As the header has it, for headers and messages; empty where the keyword is missing. */
  readonly name: string;
  /** Empty where the file cannot be read. */
  readonly path: string;
  readonly exists: boolean;
  readonly pedigree: string;
  readonly descrip: string;
  /** Whether it is a stand-in that must not be applied. */
  readonly isDummy: boolean;
}

/** Where reference files are looked for. */
export interface ReferencePlace {
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** The name that a header has for a kind of reference, without blanks at its end; empty where it has none. */
export function referenceName(cards: readonly string[], keyword: string): string {
  const value = cardValue(cards, keyword);
  return value?.kind === 'string' ? value.text.trimEnd() : '';
}

/** Whether a name stands for a file: not blank, not `N/A`. */
export function namesFile(name: string): boolean {
  return name !== '' && name !== 'N/A';
}

/**
 * Opens a reference file for its PEDIGREE and DESCRIP.
 *
 * @throws FitsError where there is a file but it is damaged. A file that is not there is told by `exists`.
 */
export function readReference(
  keyword: string,
  options: ReferencePlace & { readonly name: string },
): ReferenceFile {
  const missing = { pedigree: '', descrip: '', isDummy: false, exists: false, path: '' };
  const { name } = options;
  if (!namesFile(name)) return { keyword, name, ...missing };
  const path = resolveReferenceName(name, options);
  try {
    const { pedigree, descrip } = describe(path, keyword.endsWith('TAB'));
    const isDummy = pedigree.startsWith('DUMMY');
    return { keyword, name, path, exists: true, pedigree, descrip, isDummy };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return { keyword, name, ...missing };
  }
}

/** Of an image a text of blanks counts as one blank, of a table as nothing, as calacs reads them. */
function describe(
  path: string,
  isTable: boolean,
): { readonly pedigree: string; readonly descrip: string } {
  return withFits(path, (file) => {
    const text = (keyword: string): string => {
      const value = cardValue(file.primary.header.cards, keyword);
      if (value?.kind !== 'string') return '';
      return isTable ? value.text.trimEnd() : value.text;
    };
    return { pedigree: text('PEDIGREE'), descrip: text('DESCRIP') };
  });
}
