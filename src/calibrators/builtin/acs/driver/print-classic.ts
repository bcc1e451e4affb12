import { formatGeneral } from '../header/c-number.ts';
import type { AmpLevel, ClassicResult } from '../steps/blevcorr/classic.ts';
import type { AmpName } from '../steps/quadrants.ts';
import type { Trailer } from './trailer.ts';

/** Trailer lines of the classic BLEVCORR of one chip. Returns the level of each amplifier, electrons. */
export function printClassic(
  trailer: Trailer,
  result: ClassicResult,
): ReadonlyMap<AmpName, number> {
  if (result.kind === 'default') {
    trailer.warning('Overscan region is too small to do BLEVCORR;');
    trailer.message(
      `     bias from CCDTAB of ${formatGeneral(result.level, 6)} will be subtracted.`,
    );
    trailer.message('Default bias level from CCDTAB was subtracted.');
    return new Map([[result.amp, result.level]]);
  }
  if (result.amps.some(({ drift }) => drift === undefined))
    trailer.message(
      '(blevcorr) No virtual overscan region specified.\n(blevcorr) Bias drift correction will not be applied.',
    );
  for (const amp of result.amps) printAmp(trailer, amp);
  trailer.message(
    'Bias level from overscan has been subtracted;\n' +
      `     mean of bias levels subtracted was ${formatGeneral(result.meanLevel, 6)} electrons.`,
  );
  return new Map(result.amps.map(({ amp, level }) => [amp, level]));
}

function printAmp(trailer: Trailer, { sections, drift, fit }: AmpLevel): void {
  if (drift?.status === 'no-overscan') {
    trailer.message('(blevcorr) No virtual overscan region;');
    trailer.message('No correction for slope will be applied.');
  }
  if (drift?.status === 'singular')
    trailer.warning(
      '(blevcorr) Singular fit to virtual overscan;\nNo correction for slope will be applied.',
    );
  if (fit.firstLinePixels !== undefined) {
    const { primary, secondary } = sections;
    trailer.message(
      `(FitToOverscan) biassecta=(${primary.first},${primary.last}) ` +
        `biassectb=(${secondary.first},${secondary.last}) npix=${fit.firstLinePixels}`,
    );
  }
  if (fit.rejected !== undefined)
    trailer.message(`(blevcorr) Rejected ${fit.rejected} bias values from fit.`);
  if (fit.emptyLines > 0) {
    const lines = fit.emptyLines === 1 ? 'line has' : 'lines have';
    trailer.warning(`(blevcorr) ${fit.emptyLines} image ${lines} too few usable overscan pixels.`);
  }
  if (fit.isFitted) {
    trailer.message(
      `Computed a fit with slope of ${formatGeneral(fit.slope, 6)} and intercept of ${formatGeneral(fit.intercept, 6)}`,
    );
    return;
  }
  trailer.warning('No bias level data, or singular fit;');
  trailer.message('            bias from CCDTAB will be subtracted.');
}
