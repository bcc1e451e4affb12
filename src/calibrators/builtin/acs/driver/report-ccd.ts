import type { FinishCcdResult } from '../chips/finish-ccd.ts';
import type { Cards } from '../header/cards.ts';
import { addHistory, setFloat, setInteger } from '../header/set-card.ts';
import type { CcdResults, CcdWork } from './ccd-work.ts';
import { recordBiasLevels } from './bias-levels.ts';
import { recordBlev } from './record-blev.ts';
import { setAmpParameters } from './ccd-cards.ts';
import type { AcsRun } from './context.ts';
import { darkTimeOf } from './dark-time.ts';
import { setProgram } from './program-cards.ts';
import { recordReference, recordStep, recordSwitch } from './history.ts';
import { printCcdStart } from './print-ccd.ts';
import { printBlev } from './print-blev.ts';
import { printCcdEnd } from './print-ccd-end.ts';
import { shiftReferencePixel } from './trim-cards.ts';
import { settleHeaders, type WorkingExposure, type WorkingImset } from './working-exposure.ts';

/** Writes into headers and trailer what ACSCCD has done, in the order in which calacs does. */
export function reportCcd(
  run: AcsRun,
  options: {
    readonly work: CcdWork;
    readonly results: CcdResults;
    readonly finishes: readonly FinishCcdResult[];
    readonly output: string;
  },
): WorkingExposure {
  const { work, results, finishes, output } = options;
  const { primary } = work.file;
  printCcdStart(run.trailer, { work, results });
  recordCcdSteps(primary, { work, results });
  const levels = printBlev(run.trailer, { work, results });
  recordBlev(work, { results, levels });
  printCcdEnd(run.trailer, work);
  recordEnd(run, { work, output });
  const imsets = work.imsets.map((_, index) =>
    settledImset(work, { index, finish: finishes[index] }),
  );
  recordBiasLevels(run.trailer, { cards: primary, levels });
  return { name: output, frames: work.file.name, primary, imsets };
}

function recordCcdSteps(
  cards: Cards,
  options: { readonly work: CcdWork; readonly results: CcdResults },
): void {
  const { work } = options;
  const { references, flags, imsets } = work;
  const ccd = imsets[0]?.chip.ccd;
  if (ccd !== undefined) {
    setAmpParameters(cards, ccd);
    addHistory(cards, 'CCD parameters table: ');
    recordReference(cards, { file: references.CCDTAB, row: ccd });
  }
  recordDqi(cards, { flag: flags.DQICORR, work });
  recordStep(cards, {
    keyword: 'BIASCORR',
    flag: flags.BIASCORR,
    references: [{ file: references.BIASFILE }],
  });
}

function recordDqi(
  cards: Cards,
  options: { readonly flag: CcdWork['flags']['DQICORR']; readonly work: CcdWork },
): void {
  const { BPIXTAB: table } = options.work.references;
  if (!recordSwitch(cards, { keyword: 'DQICORR', flag: options.flag })) return;
  addHistory(cards, '  values checked for saturation');
  if (!table.exists) return;
  addHistory(cards, '  DQ array initialized ...');
  recordReference(cards, { file: table });
}

function recordEnd(
  run: AcsRun,
  options: { readonly work: CcdWork; readonly output: string },
): void {
  const { work, output } = options;
  const { primary } = work.file;
  const ccd = work.imsets[0]?.chip.ccd;
  if (ccd !== undefined) setFloat(primary, 'DARKTIME', darkTimeOf(work.exposure, ccd).total);
  addHistory(primary, 'Uncertainty array initialized.');
  recordStep(primary, {
    keyword: 'SINKCORR',
    flag: work.flags.SINKCORR,
    references: [{ file: work.references.SNKCFILE }],
  });
  setProgram(primary, { program: run.program, filename: output });
}

function settledImset(
  work: CcdWork,
  options: { readonly index: number; readonly finish: FinishCcdResult | undefined },
): WorkingImset {
  const imset = work.imsets[options.index];
  const { finish } = options;
  if (imset === undefined || finish === undefined)
    throw new RangeError(`Expected results for imset ${options.index + 1}.`);
  const { headers } = imset.file;
  const isTrimmed = work.algorithm !== undefined || work.flags.BLEVCORR === 'COMPLETE';
  const overscan = imset.overscan ?? { trimX1: 0, trimX2: 0, trimY1: 0, trimY2: 0 };
  const nx = imset.file.nx - (isTrimmed ? overscan.trimX1 + overscan.trimX2 : 0);
  const ny = imset.file.ny - (isTrimmed ? overscan.trimY1 + overscan.trimY2 : 0);
  if (isTrimmed) {
    setInteger(headers.sci, 'SIZAXIS1', nx);
    setInteger(headers.sci, 'SIZAXIS2', ny);
    for (const cards of [headers.sci, headers.err, headers.dq])
      shiftReferencePixel(cards, { x: overscan.trimX1, y: overscan.trimY1 });
  }
  settleHeaders(headers, { constants: finish.constants, nx, ny });
  const source =
    finish.scratch === undefined
      ? ({ kind: 'memory' } as const)
      : ({ kind: 'scratch', frame: finish.scratch } as const);
  return { headers, nx, ny, source, constants: finish.constants };
}
