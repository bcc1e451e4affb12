import test from 'ava';
import fc from 'fast-check';
import { formatUri, parseInputUri, parseOutputUri } from '../../src/config/data-uri.ts';
import { CaldpError } from '../../src/errors/caldp-error.ts';

const base = '/home/developer';

for (const [text, reason] of [
  ['', /path is empty/],
  ['file:', /path is empty/],
  ['file://archive/data', /names a host, `archive`/],
  ['s3:/bucket', /bucket name/],
  ['s3://', /bucket name/],
  ['s3://Bucket/x', /bucket name/],
  ['s3://bucket/../x', /`\.\.` in it/],
  ['gs://bucket', /Nothing is known of `gs:`/],
  ['astroquery:s3://', /bucket name/],
  ['a\0b', /NUL/],
] as const) {
  test(`refused as an input: ${JSON.stringify(text)}`, (t) => {
    const error = t.throws(() => parseInputUri(text, { base }), { code: 'URI_INVALID' });
    t.regex(error.message, reason);
    t.regex(error.message, /Expected a folder/);
    t.is(Reflect.get(error, 'exitCode'), 2);
  });
}

test('astroquery is no place for products, none is no place for inputs but a folder', (t) => {
  t.throws(() => parseOutputUri('astroquery:', { base }), { code: 'URI_INVALID' });
  t.deepEqual(parseInputUri('none', { base }), { kind: 'file', path: '/home/developer/none' });
});

test('the forms of CALDP are understood', (t) => {
  const file = (path: string) => ({ kind: 'file', path });
  t.deepEqual(parseInputUri('file:.', { base }), file(base));
  t.deepEqual(parseInputUri('file:/data/raw/', { base }), file('/data/raw'));
  t.deepEqual(parseInputUri('file:///data/raw', { base }), file('/data/raw'));
  t.deepEqual(parseInputUri('inputs', { base }), file('/home/developer/inputs'));
  t.deepEqual(parseInputUri('./a:b', { base }), file('/home/developer/a:b'));
  t.deepEqual(parseInputUri('s3://caldp-in/a/b/', { base }), {
    kind: 's3',
    bucket: 'caldp-in',
    prefix: 'a/b',
  });
  t.deepEqual(parseInputUri('astroquery:', { base }), { kind: 'astroquery' });
  t.deepEqual(parseInputUri('astroquery://', { base }), { kind: 'astroquery' });
  t.deepEqual(parseInputUri('astroquery:/pollers', { base }), {
    kind: 'astroquery',
    poller: file('/pollers'),
  });
  t.deepEqual(parseInputUri('astroquery:s3://bucket/prefix', { base }), {
    kind: 'astroquery',
    poller: { kind: 's3', bucket: 'bucket', prefix: 'prefix' },
  });
  t.deepEqual(parseOutputUri('None', { base }), { kind: 'none' });
  t.deepEqual(parseOutputUri('file:out', { base }), file('/home/developer/out'));
});

const limits = { interruptAfterTimeLimit: 2000 };

test('whatever the text, it is a place or a CaldpError', (t) => {
  const anyUri = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.constantFrom('file:', 's3://', 'astroquery:', 'none', 'S3:', '//'), fc.string())
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(anyUri, (text) => {
      for (const parse of [parseInputUri, parseOutputUri]) {
        try {
          parse(text, { base });
        } catch (error) {
          if (!(error instanceof CaldpError)) throw error;
        }
      }
    }),
    limits,
  );
  t.pass();
});

test('what is written out reads as the same place', (t) => {
  const segment = fc.stringMatching(/^[\w -]{1,8}$/);
  const file = fc
    .array(segment)
    .map((parts) => ({ kind: 'file' as const, path: `/${parts.join('/')}` }));
  const s3 = fc.record({
    kind: fc.constant('s3' as const),
    bucket: fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,10}[a-z0-9]$/),
    prefix: fc.array(segment).map((parts) => parts.join('/')),
  });
  const poller = fc
    .oneof(file, s3)
    .map((place) => ({ kind: 'astroquery' as const, poller: place }));
  fc.assert(
    fc.property(fc.oneof(file, s3, poller), (uri) => {
      t.deepEqual(parseInputUri(formatUri(uri), { base: '/elsewhere' }), uri);
    }),
    limits,
  );
});
