import test from 'ava';
import { CaldpError } from '../../../src/errors/caldp-error.ts';
import { crdsSettings } from '../../../src/crds/configuration/crds-settings.ts';

test('without variables the cache of the institute and the HST server are used', (t) => {
  t.like(crdsSettings({}), {
    folders: {
      mappings: '/grp/crds/cache/mappings/hst',
      references: '/grp/crds/cache/references/hst',
      config: '/grp/crds/cache/config/hst',
    },
    serverUrl: 'https://hst-crds.stsci.edu',
    isServerless: false,
    context: undefined,
    isReadOnly: false,
    usesS3: false,
    retry: { attempts: 1, delayMs: 0, timeoutMs: 3_600_000 },
    checksSizes: true,
    checksSums: true,
  });
});

test('a folder of one kind comes before that of the whole cache, one observatory before all', (t) => {
  const all = { CRDS_PATH: '/a/' };
  const one = { ...all, CRDS_PATH_SINGLE: '/b' };
  const kind = { ...one, CRDS_REFPATH: '/c' };
  const both = { ...kind, CRDS_REFPATH_SINGLE: '/d/' };
  const folders = [all, one, kind, both].map((env) => crdsSettings(env).folders.references);
  t.deepEqual(folders, ['/a/references/hst', '/b/references', '/c/hst', '/d']);
});

test('the rules of a bucket lie beside its references when nothing else is said', (t) => {
  const settings = crdsSettings({
    CRDS_SERVER_URL: 'https://hst-crds-serverless.stsci.edu/',
    CRDS_CONFIG_URI: 'S3://Bucket/config/hst',
    CRDS_REFERENCE_URI: 's3://bucket/references/hst/',
    CRDS_MAPPING_URI: 'none',
    CRDS_S3_ENABLED: '1',
  });
  t.true(settings.isServerless);
  t.deepEqual(settings.uris, {
    config: 's3://bucket/config/hst/',
    mappings: 's3://bucket/mappings/hst/',
    references: 's3://bucket/references/hst/',
  });
});

for (const [name, value] of [
  ['CRDS_READONLY_CACHE', 'maybe'],
  ['CRDS_OBSERVATORY', 'jwst'],
  ['CRDS_MODE', 'remote'],
  ['CRDS_CLIENT_RETRY_COUNT', '-1'],
  ['CRDS_CLIENT_TIMEOUT_SECONDS', '1e9'],
] as const) {
  test(`${name}=${value} is an error that names the variable`, (t) => {
    const error = t.throws(() => crdsSettings({ [name]: value }), { instanceOf: CaldpError });
    t.is(error.code, 'CRDS_CONFIG_INVALID');
    t.true(error.message.includes(name));
  });
}
