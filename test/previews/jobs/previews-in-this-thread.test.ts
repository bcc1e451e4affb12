import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { previewsInThisThread } from '../../../src/previews/jobs/previews-in-this-thread.ts';
import { previewFile } from '../../../src/previews/preview-file.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { simulatedSky, writeImages } from '../../helpers/write-images.ts';

const look = { style: 'standard', format: 'png' } as const;

test('previews that are asked for at the same time are drawn in turn, each from its own pixels', async (t) => {
  const folder = await temporaryFolder(t);
  const files = [1, 2, 3].map((seed) => {
    const [width, height] = [200 * seed, 100];
    const pixels = simulatedSky({ width, height, seed });
    const path = join(folder, `x${seed}.fits`);
    writeImages(path, { images: [{ name: 'SCI', axes: [width, height], pixels }] });
    return path;
  });
  const draw = async (path: string, pool = previewsInThisThread()): Promise<Buffer> => {
    const { failures } = await previewFile(path, { ...look, pool });
    t.deepEqual(failures, []);
    return readFile(path.replace('.fits', '.png'));
  };
  const alone: Buffer[] = [];
  for (const path of files) alone.push(await draw(path));
  const pool = previewsInThisThread();
  t.deepEqual(await Promise.all(files.map((path) => draw(path, pool))), alone);
});

test('nothing is drawn for a signal that is aborted already, and the next is drawn all the same', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'x.fits');
  writeImages(path, {
    images: [{ name: 'SCI', axes: [20, 20], pixels: simulatedSky({ width: 20, height: 20 }) }],
  });
  const pool = previewsInThisThread();
  const reason = new Error('told to stop');
  const stopped = previewFile(path, { ...look, pool, signal: AbortSignal.abort(reason) });
  t.is(await t.throwsAsync(stopped), reason);
  t.is((await previewFile(path, { ...look, pool })).made.length, 2);
});
