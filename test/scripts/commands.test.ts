import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { loadConfiguration } from '../../src/config/configuration.ts';
import { programFolder } from '../helpers/fixture-program.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const scripts = fileURLToPath(new URL('../../scripts', import.meta.url));

/** Runs a script with stand-ins for `caldp` and `docker` that tell their arguments. */
async function run(
  t: ExecutionContext,
  script: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
) {
  const folder = await temporaryFolder(t);
  const bin = await programFolder(folder, {
    programs: { caldp: 'tells-arguments', docker: 'tells-arguments' },
  });
  const { stdout, stderr, exitCode } = await execa(join(scripts, script), args, {
    cwd: folder,
    env: { PATH: `${bin}:/usr/bin:/bin`, HOME: '/home/me', ...environment },
    extendEnv: false,
    reject: false,
  });
  return { lines: stdout === '' ? [] : stdout.split('\n'), stderr, exitCode, folder };
}

for (const [script, args] of [
  ['caldp-process', []],
  ['caldp-process', ['a', 'b', 'c', 'd', 'e']],
  ['caldp-process', ['--help']],
  ['caldp-process-aws', ['s3://out']],
  ['caldp-docker-run-pipeline', []],
  ['caldp-docker-run-container', []],
] as const) {
  test(`\`${[script, ...args].join(' ')}\` shows its usage and ends with 2`, async (t) => {
    const { lines, stderr, exitCode } = await run(t, script, args);
    t.is(exitCode, 2);
    t.regex(stderr, new RegExp(`^usage: ${script} `));
    t.deepEqual(lines, []);
  });
}

const processArguments = (
  ...[dataset, input, output, config, layout = 'tree']: readonly string[]
) => [
  'caldp',
  'process',
  dataset,
  '--input',
  input,
  '--output',
  output,
  '--config',
  config,
  '--layout',
  layout,
];

test('the exit code of the pipeline is the exit code of the command', async (t) => {
  for (const code of [0, 1, 23, 31, 40]) {
    const { exitCode } = await run(t, 'caldp-process', ['j8cb010b0'], { ENDS_WITH: `${code}` });
    t.is(exitCode, code);
  }
});

test('caldp-process has the defaults of CALDP', async (t) => {
  t.deepEqual(
    (await run(t, 'caldp-process', ['j8cb010b0'])).lines,
    processArguments('j8cb010b0', 'file:.', 'file:.', 'caldp-config-onsite'),
  );
});

test('caldp-process passes on what it is given, blanks and all', async (t) => {
  const args = ['J8CB010B0', 'file:/my data', 's3://out/x', './my config'];
  const { lines } = await run(t, 'caldp-process', args, { CALDP_LAYOUT: 'calcloud' });
  t.deepEqual(lines, processArguments(...args, 'calcloud'));
});

test('caldp-process-aws takes the archive as input', async (t) => {
  const args = ['s3://out/batch', 'j8cb010b0'];
  const expected = ['j8cb010b0', 'astroquery:', 's3://out/batch'];
  t.deepEqual(
    (await run(t, 'caldp-process-aws', args)).lines,
    processArguments(...expected, 'caldp-config-aws'),
  );
  t.deepEqual(
    (await run(t, 'caldp-process-aws', [...args, '', 'mine'])).lines,
    processArguments(...expected, 'mine'),
  );
});

test('caldp-docker-run-pipeline runs the command in the container with a home folder', async (t) => {
  const { lines, folder } = await run(t, 'caldp-docker-run-pipeline', ['j8cb010b0']);
  const ids = `${process.getuid?.()}:${process.getgid?.()}`;
  t.deepEqual(
    lines.filter((line) => !line.includes('/grp/crds/cache')),
    [
      'docker',
      'run',
      '--rm',
      '--volume',
      `${folder}:/home/developer`,
      '--user',
      ids,
      '--env',
      'HOME=/home/developer',
      '--env',
      'CALDP_DOCKER=1',
      '--env',
      'CALDP_CONFIG=caldp-config-offsite',
      'caldp:latest',
      'caldp-shim',
      'caldp-process',
      'j8cb010b0',
      'file:.',
      'file:.',
      'caldp-config-offsite',
    ],
  );
});

test('the container mounts a CRDS cache of one’s own, read only where that is asked for', async (t) => {
  const cache = await temporaryFolder(t);
  const base = { CALDP_HOME: 'none', CALDP_DOCKER_IMAGE: 'repo/caldp:1', CRDS_PATH: cache };
  const writable = await run(t, 'caldp-docker-run-container', ['ls', '-l a'], base);
  t.deepEqual(writable.lines, [
    'docker',
    'run',
    '--rm',
    '--volume',
    `${cache}:/grp/crds/cache`,
    '--env',
    'CALDP_DOCKER=1',
    '--env',
    'CALDP_CONFIG=caldp-config-offsite',
    'repo/caldp:1',
    'caldp-shim',
    'ls',
    '-l a',
  ]);
  const readOnly = await run(t, 'caldp-docker-run-container', ['ls'], {
    ...base,
    CRDS_READONLY_CACHE: '1',
    CALDP_DOCKER_RUN_PARS: '--rm -it',
  });
  t.true(readOnly.lines.includes(`${cache}:/grp/crds/cache:ro`));
  t.true(readOnly.lines.includes('-it'));
});

test('a read-only CRDS cache that is not there is an error', async (t) => {
  const { exitCode, stderr } = await run(t, 'caldp-docker-run-container', ['ls'], {
    CRDS_PATH: '/no/such/cache',
    CRDS_READONLY_CACHE: '1',
  });
  t.is(exitCode, 2);
  t.regex(stderr, /no CRDS cache at \/no\/such\/cache/);
});

test('images are built and pushed under the configured name', async (t) => {
  const environment = {
    CALDP_IMAGE_REPO: 'me/caldp',
    CALDP_IMAGE_TAG: 'v1',
    CAL_BASE_IMAGE: 'base:2',
  };
  t.deepEqual((await run(t, 'caldp-image-push', [], environment)).lines, [
    'docker',
    'push',
    'me/caldp:v1',
  ]);
  const { lines } = await run(t, 'caldp-image-build', [], environment);
  t.deepEqual(lines.slice(-4), ['CAL_BASE_IMAGE=base:2', '--tag', 'me/caldp:v1', '.']);
});

test('an image cannot be built where there are no sources', async (t) => {
  const { exitCode, stderr } = await run(t, 'caldp-image-build', [], { CALDP_CLONE: '/tmp' });
  t.is(exitCode, 2);
  t.regex(stderr, /set CALDP_CLONE/);
});

for (const name of ['onsite', 'offsite', 'aws']) {
  test(`the script and the built-in configuration say the same: ${name}`, async (t) => {
    const inherited = { HOME: '/home/me', PATH: '/usr/bin:/bin', CRDSBUCKET: 's3://crds' };
    const options = { inherited, base: '/', signal: new AbortController().signal };
    for (const docker of [{}, { CALDP_DOCKER: '1' }]) {
      const here = { ...options, inherited: { ...inherited, ...docker } };
      const script = await loadConfiguration(join(scripts, `caldp-config-${name}`), here);
      t.deepEqual(script.environment, (await loadConfiguration(name, here)).environment);
      t.deepEqual(script.warnings, []);
    }
  });
}

test('caldp-shim runs a command in the environment of the configuration', async (t) => {
  const { lines } = await run(t, 'caldp-shim', ['printenv', 'jref'], {
    CALDP_CONFIG: join(scripts, 'caldp-config-onsite'),
  });
  t.deepEqual(lines, ['/grp/crds/cache/references/hst/']);
});

test('every script is one that bash can read', async (t) => {
  for (const name of await readdir(scripts)) {
    const { exitCode } = await execa('bash', ['-n', join(scripts, name)], { reject: false });
    t.is(exitCode, 0, name);
  }
});
