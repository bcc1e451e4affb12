import { closeFits, findHdu, openFits, requireHdu, type FitsFile } from '../../fits/fits-file.ts';
import { openImage, type Image } from '../../fits/image-reader.ts';
import { Histogram } from './histogram.ts';

/** How well a calibrated image gives back the sky that was simulated; pixels with any data quality flag are left out. */
export interface TruthComparison {
  /** Pixels that were compared, and the fraction of all that they are. */
  readonly pixels: number;
  readonly fraction: number;
  /** Median of calibrated minus true, electrons. */
  readonly medianResidual: number;
  /** Median of the residuals divided by their errors. */
  readonly medianPull: number;
  /** Half the width of the middle 68.3 % of residuals divided by their errors: 1 where the errors are right. */
  readonly spread: number;
  /** Fraction of the pixels whose residual is more than five errors: cosmic rays, where exposures are not combined. */
  readonly outliers: number;
}

/** Within these bounds a calibration counts as right. */
const bounds = { residualInErrors: 0.1, spread: [0.85, 1.15], outliers: 0.03 } as const;

/** Residuals that are more errors than this are outliers. */
const outlier = 5;

/**
 * Compares a calibrated file with the truth of its dataset, line by line, all imsets together.
 *
 * @throws FitsError where one of the files is not what it should be; the system's error where it cannot be read.
 */
export function compareWithTruth(
  calibrated: string,
  { truth }: { readonly truth: string },
): TruthComparison {
  const files = [calibrated, truth].map(openFits);
  try {
    const [image, sky] = files;
    if (image === undefined || sky === undefined) throw new RangeError('Expected two files.');
    return compare(image, sky);
  } finally {
    files.forEach(closeFits);
  }
}

/** Whether a calibration gave the truth back within its errors. */
export function isRecovered({ medianPull, spread, outliers }: TruthComparison): boolean {
  const [least, most] = bounds.spread;
  const isUnbiased = Math.abs(medianPull) <= bounds.residualInErrors;
  return isUnbiased && spread >= least && spread <= most && outliers <= bounds.outliers;
}

function compare(image: FitsFile, sky: FitsFile): TruthComparison {
  const exposure = exposureTimeOf(image);
  const tally = new Tally();
  for (let version = 1; findHdu(sky, { name: 'SCI', version }) !== undefined; version += 1) {
    const open = (file: FitsFile, name: string): Lines =>
      linesOf(openImage(file, requireHdu(file, { name, version })));
    const science = open(image, 'SCI');
    const expected = open(sky, 'SCI');
    checkSizes(science.image, expected.image);
    const [error, quality] = [open(image, 'ERR'), open(image, 'DQ')];
    for (let y = 0; y < science.image.rows; y += 1) {
      const [s, t, e, q] = [science.read(y), expected.read(y), error.read(y), quality.read(y)];
      for (let x = 0; x < s.length; x += 1) {
        const deviation = q[x] === 0 ? (e[x] ?? 0) : 0;
        tally.add((s[x] ?? NaN) - (t[x] ?? NaN) * exposure, deviation);
      }
    }
  }
  return tally.result();
}

/** Collects residuals. */
class Tally {
  readonly #residuals = new Histogram({ low: -50, high: 50, bins: 20_000 });
  readonly #pulls = new Histogram({ low: -outlier, high: outlier, bins: 20_000 });
  #all = 0;
  #pixels = 0;
  #outliers = 0;

  /** @param deviation - the error of the pixel, or 0 to leave it out. */
  add(residual: number, deviation: number): void {
    this.#all += 1;
    if (deviation <= 0) return;
    this.#pixels += 1;
    if (!(Math.abs(residual) <= outlier * deviation)) this.#outliers += 1;
    if (Number.isNaN(residual)) return;
    this.#residuals.add(residual);
    this.#pulls.add(residual / deviation);
  }

  result(): TruthComparison {
    const pulls = this.#pulls;
    return {
      pixels: this.#pixels,
      fraction: this.#pixels / this.#all,
      medianResidual: this.#residuals.quantile(0.5),
      medianPull: pulls.quantile(0.5),
      spread: (pulls.quantile(0.8413) - pulls.quantile(0.1587)) / 2,
      outliers: this.#outliers / this.#pixels,
    };
  }
}

interface Lines {
  readonly image: Image;
  /** Line `y`, in an array that the next call uses again. */
  read(y: number): Float32Array;
}

function linesOf(image: Image): Lines {
  const line = new Float32Array(image.width);
  const read = (from: number): Float32Array => {
    image.readInto(line, { from });
    return line;
  };
  return { image, read };
}

function exposureTimeOf({ primary, source }: FitsFile): number {
  const value = primary.header.card('EXPTIME')?.value;
  if (value?.kind === 'real' || value?.kind === 'integer') return Number(value.value);
  throw new RangeError(`Expected a number as EXPTIME in \`${source.path}\`.`);
}

function checkSizes(image: Image, expected: Image): void {
  const [found, wanted] = [image, expected].map(({ width, rows }) => `${width} x ${rows}`);
  if (found !== wanted)
    throw new RangeError(`Expected ${wanted ?? ''} pixels, got ${found ?? ''}.`);
}
