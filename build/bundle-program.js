/**
 * Joins the compiled modules of the command line into few files under `dist/program`: reading hundreds of small modules one by one took
 * longer than most commands that answer at once. What is in `node_modules` stays there.
 *
 * `dist/program/caldp.js` is the program; `dist/cli/main.js` is the same, module by module.
 */
import { chmod, readFile, rm } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const outdir = `${dist}/program`;

/** Modules find assets and workers beside themselves: their `import.meta.url` stays what it was before they were moved. */
const keepPlaces = {
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/, namespace: 'file' }, async ({ path }) => {
      if (!path.startsWith(`${dist}/`)) return undefined;
      const text = await readFile(path, 'utf8');
      const place = JSON.stringify(relative(outdir, path));
      return { contents: text.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`) };
    });
  },
};

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: [{ in: `${dist}/cli/main.js`, out: 'caldp' }],
  absWorkingDir: dirname(dist),
  outdir,
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  minifyWhitespace: true,
  sourcemap: 'linked',
  plugins: [keepPlaces],
  logLevel: 'warning',
});
await chmod(`${outdir}/caldp.js`, 0o755);
