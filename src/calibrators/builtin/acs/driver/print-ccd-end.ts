import { formatFixed, formatGeneral } from '../header/c-number.ts';
import type { CcdParameters } from '../tables/ccdtab.ts';
import { type AmpValues, ampNames } from '../steps/quadrants.ts';
import type { CcdWork } from './ccd-work.ts';
import { darkTimeOf } from './dark-time.ts';
import { printReference, printSwitch } from './history.ts';
import { isOff } from './switches.ts';
import type { Trailer } from './trailer.ts';

/** Trailer lines of ACSCCD after BLEVCORR. */
export function printCcdEnd(trailer: Trailer, work: CcdWork): void {
  const ccd = work.imsets[0]?.chip.ccd;
  if (ccd === undefined) return;
  printDarkTime(trailer, { work, ccd });
  for (const [index, { fullWell }] of work.imsets.entries())
    printFullWell(trailer, { imset: index + 1, isFullFrame: fullWell?.isSameSize });
  trailer.message('\n    Uncertainty array initialized,');
  printAmps(trailer, { label: '    readnoise =', values: ccd.readNoise });
  printAmps(trailer, { label: '    gain =', values: ccd.gain });
  printAmps(trailer, { label: '   default bias levels =', values: biasElectrons(ccd) });
  trailer.gap();
  printSwitch(trailer, 'SINKCORR', work.flags.SINKCORR);
  if (!isOff(work.flags.SINKCORR)) printReference(trailer, { file: work.references.SNKCFILE });
  if (work.flags.SINKCORR === 'PERFORM') printSwitch(trailer, 'SINKCORR', 'COMPLETE');
}

/** A list of the amplifiers that have a value, with five digits. */
export function printAmps(
  trailer: Trailer,
  options: { readonly label: string; readonly values: AmpValues },
): void {
  const used = ampNames.filter((amp) => options.values[amp] > 0);
  const texts = used.map((amp) => formatGeneral(options.values[amp], 5) + (amp === 'D' ? '' : ','));
  trailer.message(options.label + texts.join(''));
}

function biasElectrons(ccd: CcdParameters): AmpValues {
  const level = (amp: keyof AmpValues): number => Math.fround(ccd.bias[amp] * ccd.gain[amp]);
  return { A: level('A'), B: level('B'), C: level('C'), D: level('D') };
}

function printDarkTime(
  trailer: Trailer,
  options: { readonly work: CcdWork; readonly ccd: CcdParameters },
): void {
  const { exposure } = options.work;
  const time = darkTimeOf(exposure, options.ccd);
  const total = formatFixed(time.total, 6);
  if (!exposure.isSubarray) trailer.message(`Full Frame adjusted Darktime: ${total}`);
  else if (time.isSupportedSubarray)
    trailer.message(
      `Supported Subarray adjusted Darktime: ${total} for aperture: ${exposure.aperture}`,
    );
  trailer.message(
    `DARKTIME from SCI header: ${formatFixed(time.header, 6)}  Offset from CCDTAB: ${formatFixed(time.overhead, 6)}  Final DARKTIME: ${total}`,
  );
}

/** `isFullFrame`: undefined where the full well was not tested. */
function printFullWell(
  trailer: Trailer,
  options: { readonly imset: number; readonly isFullFrame: boolean | undefined },
): void {
  const { imset, isFullFrame } = options;
  if (isFullFrame === undefined) {
    trailer.warning(`\nNo Full-well saturation flagging being performed for imset ${imset}.\n`);
    return;
  }
  trailer.message(`\nFull-well saturation flagging being performed for imset ${imset}.\n`);
  const kind = isFullFrame ? 'Full-frame' : 'Subarray';
  trailer.message(`${kind} full-well saturation image flagging step being performed.`);
  trailer.message(`${kind} full-well saturation image flagging step done.`);
}
