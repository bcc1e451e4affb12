import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadConfiguration } from '../../src/config/configuration.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const ours = { HOME: '/home/me', PATH: '/usr/bin:/bin' };

async function load(
  name: string,
  inherited: Readonly<Record<string, string | undefined>> = ours,
  options: { readonly base?: string; readonly deadline?: number } = {},
) {
  const { base = '/nowhere', deadline = 10_000 } = options;
  return loadConfiguration(name, {
    inherited,
    base,
    deadline,
    signal: new AbortController().signal,
  });
}

/** Writes a script into a new folder and loads it by its name. */
async function loadScript(
  t: ExecutionContext,
  text: string,
  options: {
    readonly inherited?: Readonly<Record<string, string>>;
    readonly deadline?: number;
  } = {},
) {
  const base = await temporaryFolder(t);
  await writeFile(join(base, 'my-config'), text);
  return load('my-config', options.inherited ?? ours, { base, ...options });
}

const flat = '/grp/crds/cache/references/hst/';

test('aws without its bucket is an error that names the variable', async (t) => {
  const error = await t.throwsAsync(load('aws'), { code: 'CONFIG_INCOMPLETE' });
  t.regex(error.message, /`CRDSBUCKET`/);
});

test('offsite without HOME and CRDS_PATH is an error', async (t) => {
  await t.throwsAsync(load('offsite', {}), { code: 'CONFIG_INCOMPLETE' });
});

test('an unknown name says what there is', async (t) => {
  const error = await t.throwsAsync(load('caldp-config-moon'), { code: 'CONFIG_UNKNOWN' });
  t.regex(
    error.message,
    /`caldp-config-moon`: expected `onsite`, `offsite`, `aws` or a shell script/,
  );
});

test('onsite is a read-only flat cache', async (t) => {
  const { name, environment } = await load('caldp-config-onsite');
  t.is(name, 'onsite');
  t.deepEqual(environment, {
    CRDS_PATH: '/grp/crds/cache',
    CRDS_SERVER_URL: 'https://hst-serverless-mode.stsci.edu',
    CRDS_READONLY_CACHE: '1',
    iref: flat,
    jref: flat,
    oref: flat,
    lref: flat,
    nref: flat,
    uref: flat,
  });
});

test('offsite keeps references by instrument in a cache of the user', async (t) => {
  const { environment } = await load('offsite');
  t.deepEqual(environment, {
    CRDS_PATH: '/home/me/crds_cache',
    CRDS_SERVER_URL: 'https://hst-crds.stsci.edu',
    CRDS_READONLY_CACHE: '0',
    iref: '/home/me/crds_cache/references/hst/wfc3/',
    jref: '/home/me/crds_cache/references/hst/acs/',
    oref: '/home/me/crds_cache/references/hst/stis/',
    lref: '/home/me/crds_cache/references/hst/cos/',
    nref: '/home/me/crds_cache/references/hst/nicmos/',
  });
  const own = await load('offsite', { ...ours, CRDS_PATH: '/data/crds' });
  t.is(own.environment['jref'], '/data/crds/references/hst/acs/');
});

test('in the container the cache is where the container has it', async (t) => {
  for (const name of ['offsite', 'onsite']) {
    const { environment } = await load(name, { ...ours, CALDP_DOCKER: '1', CRDS_PATH: '/x' });
    t.is(environment['CRDS_PATH'], '/grp/crds/cache');
    t.true(environment['jref']?.startsWith(flat));
  }
});

test('aws takes rules and references from the bucket', async (t) => {
  const { environment } = await load('aws', { ...ours, CRDSBUCKET: 's3://crds' });
  t.like(environment, {
    CRDS_PATH: '/home/me/crds_cache',
    CRDS_CONFIG_URI: 's3://crds/config/hst/',
    CRDS_REFERENCE_URI: 's3://crds/references/hst/',
    CRDS_S3_ENABLED: '1',
    CRDS_CLIENT_RETRY_COUNT: '4',
    CRDS_CLIENT_RETRY_DELAY_SECONDS: '10',
    jref: '/home/me/crds_cache/references/hst/acs/',
  });
});

const failsWith = test.macro({
  title: (title) => title ?? '',
  async exec(t, script: string, message: RegExp) {
    const error = await t.throwsAsync(loadScript(t, script, { deadline: 1000 }), {
      code: 'CONFIG_FAILED',
    });
    t.regex(error.message, message);
    t.is(Reflect.get(error, 'exitCode'), 2);
  },
});

test(
  'a script that bash cannot read shows the line',
  failsWith,
  'export A=1\nif then\n',
  /my-config: line 2: syntax error/,
);
test(
  'a script that ends the shell',
  failsWith,
  'export A=1\nexit 0\n',
  /ended the shell before its last line/,
);
test(
  'a script under set -e shows the line that failed',
  failsWith,
  'set -e\nfalse\n',
  /my-config:2: status 1: false/,
);
test(
  'a script with a misspelt command shows the line',
  failsWith,
  'A=1\nexprot B=2\n',
  /does not exist: `.*my-config:2: status 127: exprot B=2`/,
);
test(
  'a script that sources what is not there',
  failsWith,
  'source /no/such/file\nexit\n',
  /No such file/,
);
test('a script that hangs', failsWith, 'sleep 300\n', /did not end within 1 s/);
test(
  'a script that hangs and ignores TERM',
  failsWith,
  "trap '' TERM\nwhile true; do sleep 1; done\n",
  /did not end within 1 s/,
);

test('a script gives the variables that it exports, with newlines and all', async (t) => {
  const { environment, warnings, name } = await loadScript(
    t,
    'export CRDS_PATH=$HOME/mine\nexport TWO="a\nb=c"\nNOT_EXPORTED=1\nexport PATH=/opt:$PATH\n',
  );
  t.true(name.endsWith('/my-config'));
  t.deepEqual(environment, {
    CRDS_PATH: '/home/me/mine',
    TWO: 'a\nb=c',
    PATH: '/opt:/usr/bin:/bin',
    iref: '/home/me/mine/references/hst/wfc3/',
    jref: '/home/me/mine/references/hst/acs/',
    oref: '/home/me/mine/references/hst/stis/',
    lref: '/home/me/mine/references/hst/cos/',
    nref: '/home/me/mine/references/hst/nicmos/',
  });
  t.deepEqual(warnings, []);
});

test('folders of references that a script sets itself stay', async (t) => {
  const { environment } = await loadScript(
    t,
    'export CRDS_PATH=/c CRDS_READONLY_CACHE=1\nexport jref=/my/acs/\n',
  );
  t.is(environment['jref'], '/my/acs/');
  t.is(environment['iref'], '/c/references/hst/');
});

test('a command that fails and that bash goes on after is a warning with its line', async (t) => {
  const { environment, warnings } = await loadScript(t, 'mkdir /\nexport A=1\n');
  t.is(environment['A'], '1');
  t.regex(warnings[0]?.message ?? '', /my-config:1: status 1: mkdir \//);
});

test('a condition that does not hold is no failure', async (t) => {
  const { environment, warnings } = await loadScript(
    t,
    'export A=1\n[[ -n "$NOPE" ]] && export B=1\n',
  );
  t.is(environment['A'], '1');
  t.deepEqual(warnings, []);
});
