import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { exitCodes } from '../../src/errors/exit-codes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs', 'failures.md'), 'utf8').replaceAll(/ +/g, ' ');

/** Codes of FITS errors reach the user as `FITS_INVALID`, so files that make those are left out. */
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('fits'))
  .map((name) => readFileSync(join(root, 'src', name), 'utf8'))
  .filter((text) => !text.includes('new FitsError('));

const codes = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(/(?:\bcode: |crdsError\()'([A-Z][A-Z_]+)'/g)].map(([, code]) => code ?? ''),
  ),
);

test('every code that the source gives an error is on the page', (t) => {
  t.deepEqual(
    [...codes].filter((code) => !page.includes(`\`${code}\``)),
    [],
  );
});

test('every code on the page is one that the source uses', (t) => {
  const documented = [...page.matchAll(/^\| (`[A-Z_`, ]+`) \|/gm)].flatMap(([, cell]) =>
    (cell ?? '').split(', ').map((code) => code.replaceAll('`', '')),
  );
  t.true(documented.length > 40);
  t.deepEqual(
    documented.filter((code) => !sources.some((text) => text.includes(`'${code}'`))),
    [],
  );
});

test('every exit code is on the page with its number', (t) => {
  t.deepEqual(
    Object.entries(exitCodes).filter(
      ([name, code]) => !page.includes(`| ${String(code)} | ${name} |`),
    ),
    [],
  );
});
