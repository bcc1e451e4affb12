import { spawnSync } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { writeImages } from '../helpers/write-images.ts';

/** Runs plain Node.js, without what makes sources run. */
function runNode(t: ExecutionContext, args: readonly string[]): string {
  const { PATH } = process.env;
  const run = spawnSync(process.execPath, args, { env: { PATH } });
  t.is(run.status, 0, run.stderr.toString());
  return run.stdout.toString();
}

/** Compiles the sources into a package of their own; answers its folder. */
async function compile(t: ExecutionContext): Promise<string> {
  const folder = await temporaryFolder(t);
  const options = ['--noCheck', '--declaration', 'false', '--sourceMap', 'false'];
  const project = ['-p', 'tsconfig.build.json', '--outDir', join(folder, 'dist')];
  runNode(t, ['node_modules/typescript/bin/tsc', ...project, ...options]);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function writeImage(path: string, axes: readonly [number, number]): void {
  const pixels = new Float32Array(axes[0] * axes[1]).map((_, index) => index % 1009);
  writeImages(path, { images: [{ name: 'SCI', axes, pixels }] });
}

function previewsByPool(t: ExecutionContext, options: { built: string; image: string }): string {
  const { built, image } = options;
  const program = `
    const { createPreviewPool } = await import('${join(built, 'previews/jobs/preview-pool.js')}');
    const { previewFile } = await import('${join(built, 'previews/preview-file.js')}');
    const pool = createPreviewPool();
    const { made, failures } = await previewFile('${image}', { pool, style: 'standard', format: 'jpg' });
    console.log(made.length, failures.length);
    await pool.close();`;
  return runNode(t, ['--input-type=module', '-e', program]).trim();
}

test('plain Node.js makes previews from compiled files, and an image takes less than 1.5 times its pixels, also after others', async (t) => {
  const folder = await compile(t);
  const built = join(folder, 'dist');
  const [small, large] = [join(folder, 'small.fits'), join(folder, 'large.fits')];
  writeImage(small, [64, 64]);
  writeImage(large, [4096, 2048]);
  t.is(previewsByPool(t, { built, image: small }), '2 0', 'module by module');
  runNode(t, ['build/bundle-program.js', built]);
  t.is(previewsByPool(t, { built, image: small }), '2 0', 'joined');

  const tell = join(folder, 'tell-peak.cjs');
  await writeFile(
    tell,
    "process.on('exit', () => console.log(process.resourceUsage().maxRSS * 1024));",
  );
  const peak = (images: readonly string[]): number => {
    const program = ['--require', tell, join(built, 'program/caldp.cjs'), 'preview'];
    const lines = runNode(t, [...program, ...images])
      .trim()
      .split('\n');
    t.is(lines.length, 2 * images.length + 1);
    return Number(lines.at(-1));
  };
  const [alone, others] = [peak([small]), peak([small, large, large, large])];
  t.log(`${Math.round(alone / 1e6)} MB, with large images ${Math.round(others / 1e6)} MB`);
  t.true(others - alone < 1.5 * 4 * 4096 * 2048);
});
