/**
 * A stand-in for HSTCAL, so that the example runs where HSTCAL is not installed. It subtracts the median of each image, averages the
 * exposures of an association and calls the result calibrated: enough to see the pipe at work, useless for science.
 */
import { withFits, type FitsFile } from '../src/fits/fits-file.ts';
import { writeFits } from '../src/fits/fits-writer.ts';
import type { Hdu } from '../src/fits/hdu.ts';
import { imageHeader } from '../src/fits/image-header.ts';
import { openImage } from '../src/fits/image-reader.ts';
import { readAssociation } from '../src/hst/read-association.ts';

type Pixels = (file: FitsFile, hdu: Hdu) => Float32Array;

function readPixels(file: FitsFile, hdu: Hdu): Float32Array {
  return Float32Array.from(openImage(file, hdu).read(), Number);
}

const withoutMedian: Pixels = (file, hdu) => {
  const pixels = readPixels(file, hdu);
  const median = pixels.toSorted()[pixels.length >> 1] ?? 0;
  return pixels.map((value) => value - median);
};

/** The mean of the same image of this file and others. */
const averagedWith =
  (others: readonly string[]): Pixels =>
  (file, hdu) => {
    const sum = readPixels(file, hdu);
    for (const path of others) {
      withFits(path, (other) => {
        const same = other.hdus[hdu.index];
        if (same === undefined) throw new Error(`${path} has no HDU ${String(hdu.index)}.`);
        for (const [index, value] of readPixels(other, same).entries()) {
          sum[index] = (sum[index] ?? 0) + value;
        }
      });
    }
    return sum.map((value) => value / (others.length + 1));
  };

/** Writes a copy of a file in which each image that has pixels is replaced. */
function writeProduct(
  from: string,
  { product, pixels }: { product: string; pixels: Pixels },
): void {
  withFits(from, (file) => {
    writeFits(product, (writer) => {
      for (const hdu of file.hdus) {
        const { kind, axes } = openImage(file, hdu);
        if (kind === 'stored') {
          const { name, version } = hdu;
          const header = imageHeader({ type: 'float32', axes, name, version });
          writer.addHdu(header).writePixels(pixels(file, hdu));
        } else {
          writer.copyHdu(file, hdu);
        }
      }
    });
  });
  process.stdout.write(`${product} written\n`);
}

function calibrate(root: string): string {
  const product = `${root}_flt.fits`;
  writeProduct(`${root}_raw.fits`, { product, pixels: withoutMedian });
  return product;
}

function calibrateAssociation(table: string): void {
  const { exposures, products } = readAssociation(table);
  const [first, ...others] = exposures.map(({ name }) => calibrate(name));
  if (first === undefined) return;
  for (const { name, type } of products) {
    if (type !== 'PROD-CRJ') continue;
    writeProduct(first, { product: `${name}_crj.fits`, pixels: averagedWith(others) });
  }
}

const [input = ''] = process.argv.slice(2);
if (input === '--version') process.stdout.write('example 1\n');
else if (input.endsWith('_asn.fits')) calibrateAssociation(input);
else calibrate(input.replace('_raw.fits', ''));
