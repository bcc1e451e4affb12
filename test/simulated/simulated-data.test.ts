import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { simulatedDatasets, simulateMosaic } from './simulated-data.ts';
import { checkWholeFits } from '../../src/fits/check-whole.ts';
import { withFits } from '../../src/fits/fits-file.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

for (const [kind, make] of Object.entries({ ...simulatedDatasets, mosaic: simulateMosaic })) {
  test(`simulated data are whole files and the same every time: ${kind}`, async (t) => {
    const [first, second] = [await temporaryFolder(t), await temporaryFolder(t)];
    const { files } = await make(first);
    await make(second);
    t.deepEqual((await fs.readdir(first)).sort(), [...files].sort());
    for (const name of files) {
      const bytes = await fs.readFile(join(first, name));
      t.true(bytes.equals(await fs.readFile(join(second, name))), name);
      if (!name.endsWith('.fits')) continue;
      t.is((await checkWholeFits(join(first, name))).status, 'whole', name);
    }
  });
}

test('two exposures of an association show the same stars with different noise', async (t) => {
  const folder = await temporaryFolder(t);
  const { files } = simulatedDatasets.crSplit(folder);
  const [first, second] = await Promise.all(
    files.slice(1).map((name) => pixelBytes(join(folder, name))),
  );
  if (first === undefined || second === undefined) throw new Error('Expected two exposures.');
  t.false(first.equals(second));
  const pairs = Array.from({ length: first.length / 2 }, (_, pixel) => [
    first.readInt16BE(2 * pixel),
    second.readInt16BE(2 * pixel),
  ]);
  const close = pairs.filter(([a = 0, b = 0]) => Math.abs(a - b) < 50);
  t.true(close.length >= pairs.length - 10);
});

async function pixelBytes(path: string): Promise<Buffer> {
  const sci = withFits(path, ({ hdus }) => hdus[1]);
  const bytes = await fs.readFile(path);
  return bytes.subarray(sci?.dataOffset, (sci?.dataOffset ?? 0) + (sci?.shape.bytes ?? 0));
}
