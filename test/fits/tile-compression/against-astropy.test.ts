import { createHash, randomInt } from 'node:crypto';
import test from 'ava';
import { z } from 'zod';
import { bytesOf } from '../../../src/fits/byte-order.ts';
import { withFits } from '../../../src/fits/fits-file.ts';
import { openCompressedRows } from '../../../src/fits/tile-compression/open-compressed-rows.ts';
import { runAstropy } from '../../helpers/astropy.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const seed = Number(process.env['CALDP_TEST_SEED'] ?? randomInt(2 ** 31));
const count = Number(process.env['CALDP_TEST_IMAGES'] ?? 10);

const described = z.object({ path: z.string(), what: z.string(), digest: z.string() });

/** The first plane as single precision, every NaN the same one. */
function digestOf(path: string): string {
  return withFits(path, (file) => {
    const rows = openCompressedRows(file, file.hdus[1] ?? file.primary);
    if (rows === undefined) throw new Error(`no image in ${path}`);
    const pixels = new Float32Array(rows.width * rows.height);
    rows.readInto(pixels, { from: 0 });
    const same = pixels.map((value) => (value === value ? value : NaN));
    return createHash('sha256').update(bytesOf(same)).digest('hex');
  });
}

test('tiles that astropy compressed have the pixels that it reads back: every algorithm, dithered or not, smoothed or not', async (t) => {
  t.timeout(300_000);
  const folder = await temporaryFolder(t);
  const args = [folder, String(seed), String(count)];
  const lines = await runAstropy(t, 'compress.py', { args });
  if (lines === undefined) return;
  t.log(`${count} images, seed ${seed} (CALDP_TEST_IMAGES, CALDP_TEST_SEED)`);
  for (const line of lines.split('\n')) {
    const { path, what, digest } = described.parse(JSON.parse(line));
    t.is(digestOf(path), digest, `seed ${seed}, ${what}`);
  }
});
