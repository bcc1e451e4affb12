/**
 * Joins the compiled modules of the command line into few files under `dist/program`: to read hundreds of small modules one by one took
 * longer than a command that only reads rules. `dist/program/caldp.cjs` is the program; `dist/cli/main.js` is the same, module by module.
 * Packages stay in `node_modules`, but for the reader of command lines, which every start needs.
 *
 * Commands that answer from rules are one file of CommonJS, which Node loads without waiting; the others stay modules, because packages
 * that they use are.
 */
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const program = join(dist, 'program');

/** Modules find assets and workers beside themselves: their `import.meta.url` stays what it was before they were joined. */
const keepPlaces = (place) => ({
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (!path.startsWith(`${dist}/`)) return undefined;
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll('import.meta.url', place(path)) };
    });
  },
});

const leavePackages = {
  name: 'leave-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path === 'commander' ? undefined : { path, external: true },
    );
  },
};

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  minifyWhitespace: true,
};

async function joinModules(main, outdir) {
  const place = (path) =>
    `new URL(${JSON.stringify(relative(outdir, path))}, import.meta.url).href`;
  await build({
    ...shared,
    entryPoints: [{ in: join(dist, 'cli', main), out: 'main' }],
    outdir,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    packages: 'external',
    plugins: [keepPlaces(place)],
  });
}

async function joinInOne(main, outfile) {
  const place = (path) =>
    `require('node:url').pathToFileURL(require('node:path').join(__dirname, ${JSON.stringify(relative(program, path))})).href`;
  await build({
    ...shared,
    entryPoints: [join(dist, 'cli', main)],
    outfile,
    format: 'cjs',
    plugins: [keepPlaces(place), leavePackages],
  });
}

async function writeStart(path) {
  const table = pathToFileURL(join(dist, 'cli', 'reference-commands.js')).href;
  const { referenceCommands } = await import(table);
  const names = JSON.stringify([...referenceCommands.keys()]);
  const lines = [
    '#!/usr/bin/env node',
    "require('node:module').enableCompileCache?.();",
    `if (${names}.includes(process.argv[2])) require('./references.cjs');`,
    "else import('./all/main.js');",
  ];
  await writeFile(path, `${lines.join('\n')}\n`);
  await chmod(path, 0o755);
}

await rm(program, { recursive: true, force: true });
await joinModules('main.js', join(program, 'all'));
await joinInOne('references-main.js', join(program, 'references.cjs'));
await writeStart(join(program, 'caldp.cjs'));
