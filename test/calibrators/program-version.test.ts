import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { parseVersion, programVersion } from '../../src/calibrators/program-version.ts';
import { fixtureProgram } from '../helpers/fixture-program.ts';
import { needsProgram } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const option = { kind: 'option', args: ['--release'] } as const;
const ask = (path: string) =>
  programVersion(path, {
    source: option,
    environment: { PATH: '/usr/bin:/bin' },
    patience: 300,
    signal: new AbortController().signal,
  });

test('a program that hangs on the question has an unknown version', async (t) => {
  t.is(await ask(fixtureProgram('ignores-term')), 'unknown');
});

test('a program that fails on the question has an unknown version', async (t) => {
  t.is(await ask(fixtureProgram('writes-to-stderr-only')), 'unknown');
});

test('a program that leaves a child with the output open answers', async (t) => {
  t.regex(await ask(fixtureProgram('forks-and-ends')), /^child \d+$/);
});

test('versions are read out of what programs print', (t) => {
  t.is(parseVersion('10.5.0 (16-Mar-2026)\n'), '10.5.0');
  t.is(parseVersion('calcos version v3.6.1\n'), '3.6.1');
  t.is(parseVersion('latest\n'), 'latest');
  t.is(parseVersion('\n'), 'unknown');
});

test('a script of a Python package has the version that its own Python knows', async (t) => {
  const python = needsProgram(t, 'python3');
  if (python === undefined) return;
  const folder = await temporaryFolder(t);
  const script = join(folder, 'runastrodriz');
  await writeFile(script, `#!${python}\nraise SystemExit(1)\n`);
  await chmod(script, 0o755);
  const metadata = join(folder, 'drizzle_like-3.7.1.dist-info');
  await mkdir(metadata);
  await writeFile(join(metadata, 'METADATA'), 'Name: drizzle-like\nVersion: 3.7.1\n');
  const version = (name: string) =>
    programVersion(script, {
      source: { kind: 'python-package', name },
      environment: { PATH: '/usr/bin:/bin', PYTHONPATH: folder },
      signal: new AbortController().signal,
    });
  t.is(await version('no-such-package-here'), 'unknown');
  t.is(await version('drizzle-like'), '3.7.1');
});
