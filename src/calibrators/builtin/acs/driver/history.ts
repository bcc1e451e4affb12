import { type Cards } from '../header/cards.ts';
import { addHistory, setString } from '../header/set-card.ts';
import type { ReferenceFile } from '../references/reference-file.ts';
import { printedFlag, type StepFlag, type SwitchName } from './switches.ts';
import type { Trailer } from './trailer.ts';

/** A reference as headers and trailers tell of it; `row` is the DESCRIP of a table row. */
export interface ReferenceNote {
  readonly file: ReferenceFile;
  readonly row?: { readonly pedigree: string | undefined; readonly descrip: string | undefined };
}

/** Writes into the header what became of a step: switch and HISTORY. Nothing where the step was off. */
export function recordStep(
  cards: Cards,
  options: {
    readonly keyword: SwitchName;
    readonly flag: StepFlag;
    readonly references: readonly ReferenceNote[];
  },
): void {
  if (!recordSwitch(cards, options)) return;
  for (const reference of options.references) recordReference(cards, reference);
}

/** Writes the switch and the first HISTORY line of a step. Returns whether there was anything to write. */
export function recordSwitch(
  cards: Cards,
  options: { readonly keyword: SwitchName; readonly flag: StepFlag },
): boolean {
  const { keyword, flag } = options;
  switch (flag) {
    case 'PERFORM':
      setString(cards, keyword, 'COMPLETE');
      addHistory(cards, `${keyword} complete ...`);
      return true;
    case 'DUMMY':
      setString(cards, keyword, 'SKIPPED');
      addHistory(cards, `${keyword} skipped due to dummy reference file ...`);
      return true;
    case 'IGNORED':
      setString(cards, keyword, 'SKIPPED');
      addHistory(cards, `${keyword} not performed ...`);
      return true;
    case 'OMIT':
    case 'COMPLETE':
    case 'SKIPPED':
      return false;
  }
}

/** HISTORY about a reference. */
export function recordReference(cards: Cards, { file, row }: ReferenceNote): void {
  const kind = file.keyword.endsWith('TAB') ? 'table' : 'image';
  addHistory(cards, `  reference ${kind} ${file.name}`);
  const pedigree = row?.pedigree ?? file.pedigree;
  for (const text of [pedigree, file.descrip, row?.descrip ?? ''])
    if (text !== '') addHistory(cards, `    ${text}`);
}

/** Trailer lines about a reference. `label`: default the keyword. */
export function printReference(
  trailer: Trailer,
  { file, row }: ReferenceNote,
  label: string = file.keyword,
): void {
  const name = label.padEnd(8);
  trailer.message(`${name} ${file.name}`);
  const pedigree = row?.pedigree ?? file.pedigree;
  if (pedigree !== '') trailer.message(`${name} PEDIGREE=${pedigree}`);
  for (const text of [file.descrip, row?.descrip ?? ''])
    if (text !== '') trailer.message(`${name} DESCRIP =${text}`);
}

/** The trailer line of a switch. */
export function printSwitch(trailer: Trailer, keyword: string, flag: StepFlag): void {
  trailer.message(`${keyword.padEnd(8)} ${printedFlag(flag)}`);
}
