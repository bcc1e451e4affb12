import type { Calibrate2dResult } from '../chips/calibrate-2d.ts';
import { addHistory, setFloat, setString } from '../header/set-card.ts';
import { abortedFlash, isNamed, type Report2dImset, shadFlag } from './report-2d-imset.ts';
import type { Work2d } from './work-2d.ts';
import { timeOfDay } from './banner.ts';
import { isRateExceeded } from './calibrate-options.ts';
import { setAmpParameters } from './ccd-cards.ts';
import type { AcsRun } from './context.ts';
import { recordReference, recordStep, recordSwitch } from './history.ts';
import { type Photometry, recordPhotometry } from './photometry.ts';
import { print2d } from './print-2d.ts';
import { setProgram } from './program-cards.ts';
import type { Chip2d } from './chip-2d.ts';
import { setStatistics } from './statistics-cards.ts';
import { settleHeaders } from './working-exposure.ts';

/** Writes into headers and trailer what ACS2D has done, in the order in which calacs does. */
export function report2d(
  run: AcsRun,
  options: {
    readonly work: Work2d;
    readonly results: readonly Calibrate2dResult[];
    readonly output: string;
  },
): void {
  const { work, results, output } = options;
  let photometry: Photometry = { flag: work.flags.PHOTCORR };
  for (const [index, result] of results.entries()) {
    const [chip, imset] = [work.chips[index], work.input.imsets[index]];
    if (chip === undefined || imset === undefined)
      throw new RangeError('Expected as many results as imsets.');
    run.trailer.gap();
    run.trailer.message(`Imset ${index + 1}  Begin ${timeOfDay(run.clock.now())}`);
    const part: Report2dImset = { work, chip, imset, result, index };
    if (index === 0) recordImset1(part);
    recordScience(part);
    print2d(run.trailer, part);
    photometry = recordPhotometry(run.trailer, { ...part, before: photometry });
    if (index === 0) recordEnd(run, { work, photometry, output });
    setStatistics(run.trailer, { headers: imset.headers, statistics: result.statistics });
    settleHeaders(imset.headers, { constants: result.constants, nx: imset.nx, ny: imset.ny });
    run.trailer.message(`Imset ${index + 1}  End ${timeOfDay(run.clock.now())}`);
  }
}

/** The primary header, which calacs writes with the first imset. */
function recordImset1({ work, chip, result }: Report2dImset): void {
  const { flags, references } = work;
  const cards = work.input.primary;
  if (chip.ccd !== undefined) {
    setAmpParameters(cards, chip.ccd.ccd);
    addHistory(cards, 'CCD parameters table: ');
    recordReference(cards, { file: references.CCDTAB, row: chip.ccd.ccd });
  }
  if (
    recordSwitch(cards, { keyword: 'DQICORR', flag: flags.DQICORR }) &&
    references.BPIXTAB.exists
  ) {
    addHistory(cards, '  DQ array initialized ...');
    recordReference(cards, { file: references.BPIXTAB });
  }
  recordLinearity(work, chip);
  if (result.initializedError) addHistory(cards, 'Uncertainty array initialized.');
  recordStep(cards, {
    keyword: 'DARKCORR',
    flag: flags.DARKCORR,
    references: [{ file: references.DARKFILE }],
  });
  if (flags.FLSHCORR === 'PERFORM' && work.exposure.flashStatus === 'ABORTED')
    addHistory(cards, abortedFlash);
  recordStep(cards, {
    keyword: 'FLSHCORR',
    flag: flags.FLSHCORR,
    references: [{ file: references.FLSHFILE }],
  });
  const flats = [
    references.PFLTFILE,
    references.DFLTFILE,
    references.LFLTFILE,
    references.CFLTFILE,
  ];
  recordStep(cards, {
    keyword: 'FLATCORR',
    flag: flags.FLATCORR,
    references: flats.filter(({ name }) => isNamed(name)).map((file) => ({ file })),
  });
  recordStep(cards, {
    keyword: 'SHADCORR',
    flag: shadFlag(work),
    references: [{ file: references.SHADFILE }],
  });
}

/** Both linearity steps share the block about their table. */
function recordLinearity(work: Work2d, chip: Chip2d): void {
  const { flags, references } = work;
  const cards = work.input.primary;
  const recorded = [
    recordSwitch(cards, { keyword: 'GLINCORR', flag: flags.GLINCORR }),
    recordSwitch(cards, { keyword: 'LFLGCORR', flag: flags.LFLGCORR }),
  ];
  if (recorded.includes(true))
    recordReference(cards, { file: references.MLINTAB, ...(chip.limits && { row: chip.limits }) });
}

function recordScience(part: Report2dImset): void {
  const { chip, imset, result, work } = part;
  const { sci, err } = imset.headers;
  if (chip.limits !== undefined) {
    const isExceeded = isRateExceeded(work, part);
    setString(
      sci,
      'GLOBLIM',
      isExceeded ? 'EXCEEDED' : 'NOT-EXCEEDED',
      'global count rate exceeded?',
    );
  }
  if (!chip.keywords.unit.startsWith('ELECTR') || work.flags.FLATCORR === 'PERFORM') {
    setString(sci, 'BUNIT', 'ELECTRONS');
    setString(err, 'BUNIT', 'ELECTRONS');
  }
  if (result.meanDark !== undefined)
    setFloat(sci, 'MEANDARK', result.meanDark, 'mean of dark values subtracted');
  if (result.meanFlash !== undefined)
    setFloat(sci, 'MEANFLSH', result.meanFlash, 'mean of post-flash values subtracted');
}

function recordEnd(
  run: AcsRun,
  options: { readonly work: Work2d; readonly photometry: Photometry; readonly output: string },
): void {
  const { work, photometry, output } = options;
  const cards = work.input.primary;
  recordStep(cards, {
    keyword: 'PHOTCORR',
    flag: photometry.flag,
    references: [{ file: work.references.IMPHTTAB }],
  });
  setProgram(cards, { program: run.program, filename: output });
  recordSwitch(cards, { keyword: 'EXPSCORR', flag: work.flags.EXPSCORR });
}
