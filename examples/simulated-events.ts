import { join } from 'node:path';
import { writeFits } from '../src/fits/fits-writer.ts';
import { formatCard } from '../src/fits/format-card.ts';
import { primaryHeader } from '../src/fits/image-header.ts';
import { seededRandom } from './seeded-random.ts';
import { addTable, type SimulatedColumn } from './simulated-table.ts';

const columns: readonly SimulatedColumn[] = [
  { name: 'TIME', format: '1E', bytes: 4 },
  { name: 'RAWX', format: '1I', bytes: 2 },
  { name: 'RAWY', format: '1I', bytes: 2 },
];

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
  const rows = Array.from({ length: 200 }, (_, index) => {
    const row = Buffer.alloc(8);
    row.writeFloatBE(index / 2, 0);
    row.writeInt16BE(Math.floor(random.uniform() * 1024), 4);
    row.writeInt16BE(Math.floor(random.uniform() * 1024), 6);
    return row;
  });
  writeFits(join(folder, name), (writer) => {
    writer.addHdu(primaryHeader({ cards }));
    addTable(writer, { name: 'EVENTS', columns, rows });
  });
  return name;
}
