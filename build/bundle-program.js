/**
 * Joins the compiled modules of the command line into few files under `dist/program`: to read hundreds of small modules one by one took
 * longer than a command that only reads rules. `dist/program/caldp.cjs` is the program; `dist/cli/main.js` is the same, module by module.
 * Packages stay in `node_modules`, but for the reader of command lines, which every start needs.
 *
 * Commands that answer from rules are one file of CommonJS with its compiled code beside it (`references.cjs.code`), which Node loads
 * without waiting or compiling; the others stay modules, because packages that they use are. Previews, and the threads that make them, are
 * files of CommonJS too: the encoder of pictures takes 10 MB less when it is not loaded as a module.
 *
 * Run: `node build/bundle-program.js [absolute path of the folder of compiled modules]`.
 */
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { build } from 'esbuild';
import { compiledScript } from './compiled-script.cjs';

const [, , dist = fileURLToPath(new URL('../dist', import.meta.url))] = process.argv;
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

/** Parts of Node that few commands come to use are loaded with their first use, as each takes a millisecond or two. */
const late = 'const late=(name)=>new Proxy({},{get:(_,key)=>require(name)[key]});';
const early = /=require\("(node:(?:child_process|timers\/promises|zlib))"\)/g;

async function joinInOne(main, outfile) {
  const place = (path) =>
    `require('node:url').pathToFileURL(require('node:path').join(__dirname, ${JSON.stringify(relative(program, path))})).href`;
  await build({
    ...shared,
    entryPoints: [join(dist, main)],
    outfile,
    format: 'cjs',
    // Node gives no `import()` to code that was compiled before.
    supported: { 'dynamic-import': false },
    plugins: [keepPlaces(place), leavePackages],
    banner: { js: late },
  });
  const text = await readFile(outfile, 'utf8');
  await writeFile(outfile, text.replaceAll(early, '=late("$1")'));
}

/** Keeps the compiled code of all functions of a file; V8 would compile each when it is first called. */
async function writeCompiledCode(filename) {
  setFlagsFromString('--no-lazy');
  const script = compiledScript(filename);
  // V8 keeps its flags with the code, and takes code only where they are the same: those of a usual start.
  setFlagsFromString('--lazy');
  await writeFile(`${filename}.code`, script.createCachedData());
}

async function writeStart(outfile) {
  const table = pathToFileURL(join(dist, 'cli', 'reference-commands.js')).href;
  const { referenceCommands } = await import(table);
  await build({
    ...shared,
    entryPoints: [fileURLToPath(new URL('start.cjs', import.meta.url))],
    outfile,
    format: 'cjs',
    external: ['./all/main.js', './preview.cjs'],
    banner: { js: '#!/usr/bin/env node' },
    define: { REFERENCE_COMMANDS: JSON.stringify([...referenceCommands.keys()]) },
  });
  await chmod(outfile, 0o755);
}

await rm(program, { recursive: true, force: true });
await joinModules('main.js', join(program, 'all'));
await joinInOne('cli/preview-main.js', join(program, 'preview.cjs'));
await joinInOne('previews/jobs/preview-worker.js', join(program, 'preview-worker.cjs'));
const references = join(program, 'references.cjs');
await joinInOne('cli/references-main.js', references);
await writeCompiledCode(references);
await writeStart(join(program, 'caldp.cjs'));
