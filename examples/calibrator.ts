/**
 * A stand-in for HSTCAL, so that the example runs where HSTCAL is not installed. It subtracts the median of each image and calls
 * the result calibrated: enough to see the pipe at work, useless for science.
 */
import { basename } from 'node:path';
import { withFits, type FitsFile } from '../src/fits/fits-file.ts';
import { writeFits } from '../src/fits/fits-writer.ts';
import type { Hdu } from '../src/fits/hdu.ts';
import { imageHeader } from '../src/fits/image-header.ts';
import { openImage } from '../src/fits/image-reader.ts';
import { readAssociation } from '../src/hst/read-association.ts';

/** Pixels of one image less their median, as 32-bit floats. */
function withoutMedian(file: FitsFile, hdu: Hdu): Float32Array {
  const pixels = Float32Array.from(openImage(file, hdu).read() as Iterable<number>);
  const sorted = pixels.toSorted();
  const median = sorted[sorted.length >> 1] ?? 0;
  return pixels.map((value) => value - median);
}

function calibrate(raw: string): void {
  const product = raw.replace('_raw.fits', '_flt.fits');
  withFits(raw, (file) => {
    writeFits(product, (writer) => {
      for (const hdu of file.hdus) {
        const image = openImage(file, hdu);
        if (image.kind !== 'stored') {
          writer.copyHdu(file, hdu);
          continue;
        }
        const { axes } = image;
        const { name, version } = hdu;
        writer
          .addHdu(imageHeader({ type: 'float32', axes, name, version }))
          .writePixels(withoutMedian(file, hdu));
      }
    });
  });
  process.stdout.write(`${basename(raw)}: median subtracted, ${product} written\n`);
}

const [input = ''] = process.argv.slice(2);
if (input === '--version') {
  process.stdout.write('example 1\n');
} else if (input.endsWith('_asn.fits')) {
  for (const { name } of readAssociation(input).exposures) calibrate(`${name}_raw.fits`);
} else {
  calibrate(input);
}
