import { join } from 'node:path';
import test from 'ava';
import { FitsError } from '../../../src/fits/fits-error.ts';
import { withFits } from '../../../src/fits/fits-file.ts';
import { writeFits } from '../../../src/fits/fits-writer.ts';
import { formatCard } from '../../../src/fits/format-card.ts';
import { primaryHeader } from '../../../src/fits/image-header.ts';
import { writeTable } from '../../../src/fits/table-writer.ts';
import { pixelMemory } from '../../../src/previews/image/pixel-memory.ts';
import { readFitscutChannel } from '../../../src/previews/image/read-fitscut-channel.ts';
import { readStandardChannel } from '../../../src/previews/image/read-standard-channel.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const layout = {
  ZIMAGE: true,
  ZCMPTYPE: 'NOCOMPRESS',
  ZBITPIX: 8,
  ZNAXIS: 2,
  ZNAXIS1: 3,
  ZNAXIS2: 2,
};

function writeTiles(path: string, further: Readonly<Record<string, string>>): void {
  const cards = Object.entries({ ...layout, ...further }).flatMap(([keyword, value]) =>
    formatCard(keyword, { value }),
  );
  const values = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)];
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader({}));
    const columns = [{ name: 'COMPRESSED_DATA', format: '1PB', values }];
    writeTable(writer, { columns, rows: 2, cards });
  });
}

test('an image whose missing pixels stand in a mask is refused where missing pixels count, drawn as fitscut draws it else', async (t) => {
  const folder = await temporaryFolder(t);
  const [plain, masked] = [join(folder, 'plain.fits'), join(folder, 'masked.fits')];
  writeTiles(plain, {});
  writeTiles(masked, { ZMASKCMP: 'RICE_1' });
  const read = (path: string, reader: typeof readStandardChannel): number[] =>
    withFits(path, (file) => [...reader(file, { memory: pixelMemory() }).image.pixels]);
  const pixels = [1, 2, 3, 4, 5, 6];
  t.deepEqual(read(plain, readStandardChannel), pixels);
  t.deepEqual(read(masked, readFitscutChannel), pixels);
  const error = t.throws(() => read(masked, readStandardChannel), { instanceOf: FitsError });
  t.is(error.code, 'NOT_SUPPORTED');
  t.regex(error.message, /mask of missing pixels.*`RICE_1`/);
});
