import { join } from 'node:path';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { formatCard } from '../../src/fits/format-card.ts';
import { primaryHeader } from '../../src/fits/image-header.ts';
import { writeTable } from '../../src/fits/table-writer.ts';
import { seededRandom } from './seeded-random.ts';

const count = 200;

/**
 * Writes a list of 200 photon events of COS NUV, `<root>_rawtag.fits`.
 *
 * @returns the name of the file.
 */
export function writeSimulatedEvents(
  folder: string,
  events: { readonly root: string; readonly association?: string; readonly seed?: number },
): string {
  const { root, association = 'NONE', seed = 1 } = events;
  const name = `${root}_rawtag.fits`;
  const random = seededRandom(seed);
  const values = {
    NEXTEND: 1,
    FILENAME: name,
    TELESCOP: 'HST',
    INSTRUME: 'COS',
    ROOTNAME: root,
    DETECTOR: 'NUV',
    OBSMODE: 'TIME-TAG',
    EXPTYPE: 'EXTERNAL/SCI',
    TARGNAME: 'SIMULATED',
    ASN_ID: association,
  };
  const cards = Object.entries(values).flatMap(([keyword, value]) =>
    formatCard(keyword, { value }),
  );
  const pixels = (): Int16Array =>
    Int16Array.from({ length: count }, () => Math.floor(random.uniform() * 1024));
  writeFits(join(folder, name), (writer) => {
    writer.addHdu(primaryHeader({ cards }));
    writeTable(writer, {
      name: 'EVENTS',
      version: 1,
      rows: count,
      columns: [
        {
          name: 'TIME',
          format: '1E',
          unit: 's',
          values: Float32Array.from({ length: count }, (_, index) => index / 2),
        },
        { name: 'RAWX', format: '1I', values: pixels() },
        { name: 'RAWY', format: '1I', values: pixels() },
      ],
    });
  });
  return name;
}
