import { formatFixed, formatGeneral } from '../header/c-number.ts';
import { printReference, printSwitch } from './history.ts';
import { printNoBadPixels } from './print-ccd.ts';
import { printAmps } from './print-ccd-end.ts';
import { abortedFlash, isNamed, type Report2dImset, shadFlag } from './report-2d-imset.ts';
import { isOff } from './switches.ts';
import type { Trailer } from './trailer.ts';

/** Trailer lines of ACS2D about one imset, up to PHOTCORR; references are told of with the first imset only. */
export function print2d(trailer: Trailer, part: Report2dImset): void {
  printStart(trailer, part);
  printNoise(trailer, part);
  printDark(trailer, part);
  printFlash(trailer, part);
  printFlats(trailer, part);
  if (part.chip.ccd !== undefined) printShading(trailer, part);
}

function printStart(trailer: Trailer, { work, chip, index, result }: Report2dImset): void {
  const { flags, references } = work;
  const isFirst = index === 0;
  if (chip.ccd !== undefined) {
    trailer.gap();
    printReference(trailer, { file: references.CCDTAB, row: chip.ccd.ccd });
  }
  trailer.gap();
  printSwitch(trailer, 'DQICORR', flags.DQICORR);
  if (isFirst && !isOff(flags.DQICORR))
    printReference(trailer, { file: references.BPIXTAB }, 'DQITAB');
  if (result.badPixels === false) printNoBadPixels(trailer);
  if (flags.DQICORR === 'PERFORM') printSwitch(trailer, 'DQICORR', 'COMPLETE');
  if (chip.ccd !== undefined) return;
  trailer.gap();
  printSwitch(trailer, 'GLINCORR', flags.GLINCORR);
  printSwitch(trailer, 'LFLGCORR', flags.LFLGCORR);
  if (isFirst && (!isOff(flags.GLINCORR) || !isOff(flags.LFLGCORR)))
    printReference(trailer, { file: references.MLINTAB, ...(chip.limits && { row: chip.limits }) });
  if (flags.GLINCORR === 'PERFORM') printSwitch(trailer, 'GLINCORR', 'COMPLETE');
  if (flags.LFLGCORR === 'PERFORM') printSwitch(trailer, 'LFLGCORR', 'COMPLETE');
}

function printNoise(trailer: Trailer, { chip, result }: Report2dImset): void {
  for (const { x, y } of result.negative)
    trailer.warning(`Negative value found at (${x},${y}) in input MAMA data!`);
  if (!result.initializedError) return;
  trailer.message('         Uncertainty array initialized,');
  if (chip.ccd === undefined) return;
  printAmps(trailer, { label: '    readnoise =', values: chip.ccd.ccd.readNoise });
  printAmps(trailer, { label: '    gain =', values: chip.ccd.ccd.gain });
}

function printDark(trailer: Trailer, { work, index, result }: Report2dImset): void {
  const flag = work.flags.DARKCORR;
  trailer.gap();
  printSwitch(trailer, 'DARKCORR', flag);
  if (index === 0 && !isOff(flag)) printReference(trailer, { file: work.references.DARKFILE });
  if (result.meanDark === undefined) return;
  trailer.message(`Darktime from header ${formatFixed(Math.fround(work.exposure.darkTime), 6)}`);
  trailer.message(`Mean of dark image (MEANDARK) = ${formatGeneral(result.meanDark, 6)}`);
  printSwitch(trailer, 'DARKCORR', 'COMPLETE');
}

function printFlash(trailer: Trailer, { work, index, result }: Report2dImset): void {
  const flag = work.flags.FLSHCORR;
  trailer.gap();
  printSwitch(trailer, 'FLSHCORR', flag);
  if (index === 0 && !isOff(flag)) printReference(trailer, { file: work.references.FLSHFILE });
  if (result.meanFlash === undefined) return;
  if (work.exposure.flashStatus === 'ABORTED') trailer.warning(abortedFlash);
  trailer.message(`Mean of post-flash image (MEANFLSH) = ${formatGeneral(result.meanFlash, 6)}`);
  printSwitch(trailer, 'FLSHCORR', 'COMPLETE');
}

function printFlats(trailer: Trailer, { work, index }: Report2dImset): void {
  const { flags, references } = work;
  trailer.gap();
  printSwitch(trailer, 'FLATCORR', flags.FLATCORR);
  const files = [
    references.PFLTFILE,
    references.DFLTFILE,
    references.LFLTFILE,
    references.CFLTFILE,
  ];
  if (index === 0 && !isOff(flags.FLATCORR)) {
    for (const file of files) if (isNamed(file.name)) printReference(trailer, { file });
    if (isNamed(references.CFLTFILE.name)) printReference(trailer, { file: references.SPOTTAB });
  }
  if (flags.FLATCORR === 'PERFORM') printSwitch(trailer, 'FLATCORR', 'COMPLETE');
}

function printShading(trailer: Trailer, { work, index }: Report2dImset): void {
  const { flags, references } = work;
  const flag = shadFlag(work);
  // Found impossible with the first imset, it is IGNORED for the others.
  const shown = flag === 'IGNORED' && index > 0 ? flag : flags.SHADCORR;
  trailer.gap();
  printSwitch(trailer, 'SHADCORR', shown);
  if (index === 0 && !isOff(flags.SHADCORR)) printReference(trailer, { file: references.SHADFILE });
  if (flag === 'IGNORED' && index === 0)
    trailer.warning('EXPTIME must be positive if SHADCORR = PERFORM.');
  if (shown === 'PERFORM') printSwitch(trailer, 'SHADCORR', 'COMPLETE');
}
