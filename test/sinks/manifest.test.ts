import test from 'ava';
import fc from 'fast-check';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { formatManifest, parseManifest, type Manifest } from '../../src/sinks/manifest.ts';

const file = (name: string) => ({ name, size: 2880, sha256: 'a'.repeat(64) });

const manifest: Manifest = {
  format: 'caldp-manifest',
  version: 1,
  dataset: 'j8bt05njq',
  key: 'b'.repeat(64),
  attempt: 2,
  started: '2026-11-22T08:00:00.000Z',
  finished: '2026-11-22T08:01:00.000Z',
  threads: 1,
  context: 'hst_0729.pmap',
  programs: { 'calacs.e': '10.5.0', caldp: '0.1.0' },
  configuration: { calibrator: 'hstcal', previews: 'true' },
  inputs: [file('j8bt05njq_raw.fits')],
  references: [file('n4e12510j_crr.fits')],
  outputs: [file('j8bt05njq_flt.fits'), file('previews/j8bt05njq_flt.jpg')],
  logs: [file('logs/process.txt')],
};

test('a manifest reads as it was written', (t) => {
  t.deepEqual(parseManifest(formatManifest(manifest), { origin: 'm' }), manifest);
  const packed = { ...manifest, context: null, tarball: file('j8bt05njq.tar.gz') };
  t.deepEqual(parseManifest(formatManifest(packed), { origin: 'm' }), packed);
});

test('equal manifests give equal bytes, whatever the order of their parts', (t) => {
  const turned = Object.fromEntries(Object.entries(manifest).reverse());
  const shuffled = {
    ...parseManifest(JSON.stringify(turned), { origin: 'm' }),
    programs: { caldp: '0.1.0', 'calacs.e': '10.5.0' },
    outputs: [...manifest.outputs].reverse(),
  };
  t.is(formatManifest(shuffled), formatManifest(manifest));
});

const damaged = {
  'an empty file': '',
  'half a file': formatManifest(manifest).slice(0, 300),
  'a list': '[]',
  'another program’s JSON': '{"name":"x"}',
  'a negative size': formatManifest(manifest).replace('2880', '-1'),
  'a short digest': formatManifest(manifest).replace('a'.repeat(64), 'a'.repeat(63)),
  'a later version': formatManifest(manifest).replace('"version": 1', '"version": 2'),
};
for (const [what, text] of Object.entries(damaged)) {
  test(`${what} is refused as a manifest, with its place`, (t) => {
    const error = t.throws(() => parseManifest(text, { origin: 'file:/a/manifest.json' }), {
      instanceOf: CaldpError,
    });
    t.is(error.code, 'MANIFEST_UNREADABLE');
    t.true(error.message.includes('file:/a/manifest.json'));
  });
}

test('a mutated manifest is read or refused with a CaldpError, never anything else', (t) => {
  const text = formatManifest(manifest);
  const mutation = fc.record({
    at: fc.nat(text.length),
    drop: fc.nat(40),
    insert: fc.oneof(fc.string(), fc.constantFrom('{', '}', '"', 'null', '1e999', '__proto__')),
  });
  const readOrRefused = (mutations: readonly { at: number; drop: number; insert: string }[]) => {
    let body = text;
    for (const { at, drop, insert } of mutations) {
      body = body.slice(0, at) + insert + body.slice(at + drop);
    }
    try {
      parseManifest(body, { origin: 'm' });
      return true;
    } catch (error) {
      return error instanceof CaldpError && error.code === 'MANIFEST_UNREADABLE';
    }
  };
  fc.assert(fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), readOrRefused), {
    numRuns: 2_000,
    interruptAfterTimeLimit: 4_000,
  });
  t.pass();
});
