import type { CcdResults, CcdWork } from './ccd-work.ts';
import { printReference, printSwitch } from './history.ts';
import { isOff } from './switches.ts';
import type { Trailer } from './trailer.ts';

/** Trailer lines of ACSCCD up to BLEVCORR. */
export function printCcdStart(
  trailer: Trailer,
  options: { readonly work: CcdWork; readonly results: CcdResults },
): void {
  const { work, results } = options;
  const { flags, references, imsets } = work;
  trailer.gap();
  printReference(trailer, { file: references.CCDTAB, ...rowOf(work) });
  for (const { overscan } of imsets)
    if (overscan === undefined) trailer.warning('Could not find appropriate row from OSCNTAB.');
  trailer.gap();
  printSwitch(trailer, 'DQICORR', flags.DQICORR);
  if (!isOff(flags.DQICORR)) printReference(trailer, { file: references.BPIXTAB }, 'DQITAB');
  for (const { badPixels } of results.starts) if (badPixels === false) printNoBadPixels(trailer);
  printSwitch(trailer, 'DQICORR', 'COMPLETE');
  trailer.gap();
  printSwitch(trailer, 'BIASCORR', flags.BIASCORR);
  if (!isOff(flags.BIASCORR)) printReference(trailer, { file: references.BIASFILE });
  printSwitch(trailer, 'BIASCORR', 'COMPLETE');
}

/** The warning for a bad-pixel table without a row for the chip. */
export function printNoBadPixels(trailer: Trailer): void {
  trailer.warning('No rows from BPIXTAB applied to DQ array.');
  trailer.message('Inserting single-pixel DQ place-holder at (1,1).');
}

function rowOf(work: CcdWork): { readonly row?: CcdWork['imsets'][number]['chip']['ccd'] } {
  const row = work.imsets[0]?.chip.ccd;
  return row === undefined ? {} : { row };
}
