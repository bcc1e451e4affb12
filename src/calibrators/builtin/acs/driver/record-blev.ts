import { addHistory, setFloat, setString } from '../header/set-card.ts';
import type { CcdResults, CcdWork } from './ccd-work.ts';
import { recordReference } from './history.ts';
import type { BlevLevels } from './print-blev.ts';

/** Writes into the headers what BLEVCORR subtracted. */
export function recordBlev(
  work: CcdWork,
  options: {
    readonly results: CcdResults;
    readonly levels: BlevLevels;
  },
): void {
  const { primary } = work.file;
  const { results, levels } = options;
  for (const { file } of work.imsets) {
    setString(file.headers.sci, 'BUNIT', 'ELECTRONS');
    setString(file.headers.err, 'BUNIT', 'ELECTRONS');
  }
  for (const [index, mean] of levels.means.entries()) {
    const cards = work.imsets[index]?.file.headers.sci;
    if (mean !== undefined && cards !== undefined)
      setFloat(cards, 'MEANBLEV', mean, 'mean of bias levels subtracted in electrons');
  }
  if (results.stripes !== undefined) {
    addHistory(primary, `DESTRIPE: number of rows fixed per amp: ${results.stripes.fixed}`);
    addHistory(primary, `DESTRIPE: number of rows skipped per amp: ${results.stripes.skipped}`);
  }
  if (work.flags.BLEVCORR !== 'PERFORM') return;
  setString(primary, 'BLEVCORR', 'COMPLETE');
  addHistory(
    primary,
    levels.usedOverscan
      ? 'BLEVCORR complete; bias level from overscan was subtracted.'
      : 'BLEVCORR complete, but default bias level was subtracted.',
  );
  addHistory(
    primary,
    levels.usedDrift
      ? 'BLEVCORR includes correction for drift along lines.'
      : 'BLEVCORR does not include correction for drift along lines.',
  );
  addHistory(primary, '  Overscan region table: ');
  recordReference(primary, { file: work.references.OSCNTAB });
}
