import { join } from 'node:path';
import { writeFits } from '../../fits/fits-writer.ts';
import { imageHeader, primaryHeader } from '../../fits/image-header.ts';
import type { RawImset } from '../exposures/write-raw.ts';
import { illuminated } from '../exposures/readout.ts';
import { formatRows } from '../headers/card-rows.ts';

/**
 * Writes what the sky sent during a dataset, `<id>_truth.fits`: for each imset, SCI of the size of the calibrated image in electrons for each
 * second, without flat field, dark current, noise or cosmic rays.
 *
 * @returns the name of the file.
 */
export function writeTruth(
  folder: string,
  { id, imsets }: { readonly id: string; readonly imsets: readonly RawImset[] },
): string {
  const name = `${id}_truth.fits`;
  writeFits(join(folder, name), (writer) => {
    writer.addHdu(
      primaryHeader({
        cards: formatRows([
          ['NEXTEND', imsets.length, 'Number of standard extensions'],
          ['FILENAME', name, 'name of file'],
          ['FILETYPE', 'TRUTH', 'what was put into the simulation'],
          ['ROOTNAME', id, 'rootname of the observation set'],
        ]),
      }),
    );
    imsets.forEach(({ scene, readout }, index) => {
      const { width, height } = illuminated(readout).inWindow;
      const cards = formatRows([
        ['BUNIT', 'ELECTRONS/S', 'brightness units'],
        ['CCDCHIP', readout.chip.number, 'CCD chip (1 or 2)'],
      ]);
      const image = { axes: [width, height], name: 'SCI', version: index + 1, cards };
      writer.addHdu(imageHeader({ ...image, type: 'float32' })).writePixels(scene);
    });
  });
  return name;
}
