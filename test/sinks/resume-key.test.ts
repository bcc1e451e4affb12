import test from 'ava';
import type { Manifest } from '../../src/sinks/manifest.ts';
import { explainDifferences, resumeKey, type Situation } from '../../src/sinks/resume-key.ts';

const input = (name: string, sha: string) => ({ name, size: 2880, sha256: sha.repeat(64) });

const situation: Situation = {
  inputs: [input('x_raw.fits', 'a'), input('x_asn.fits', 'b')],
  context: 'hst_0729.pmap',
  programs: { 'calacs.e': '10.5.0', caldp: '0.1.0' },
  configuration: { previews: 'true' },
};

const manifest: Manifest = {
  format: 'caldp-manifest',
  version: 1,
  dataset: 'x',
  key: resumeKey(situation),
  attempt: 1,
  started: '2026-11-22T08:00:00.000Z',
  finished: '2026-11-22T08:01:00.000Z',
  threads: 1,
  references: [],
  outputs: [],
  logs: [],
  ...situation,
};

test('the key does not depend on the order of inputs and names', (t) => {
  const same = {
    ...situation,
    inputs: [...situation.inputs].reverse(),
    programs: { caldp: '0.1.0', 'calacs.e': '10.5.0' },
  };
  t.is(resumeKey(same), resumeKey(situation));
  t.deepEqual(explainDifferences(manifest, same), []);
});

const cases: readonly (readonly [Partial<Situation>, readonly string[]])[] = [
  [
    { inputs: [input('x_raw.fits', 'c'), input('x_asn.fits', 'b')] },
    ['input `x_raw.fits` changed'],
  ],
  [
    { inputs: [input('x_raw.fits', 'a'), input('y_raw.fits', 'b')] },
    ['input `x_asn.fits` is gone', 'input `y_raw.fits` is new'],
  ],
  [{ context: 'hst_0730.pmap' }, ['CRDS context hst_0729.pmap → hst_0730.pmap']],
  [{ context: null }, ['CRDS context hst_0729.pmap → none']],
  [
    { programs: { 'calacs.e': '10.6.0', 'calwf3.e': '3.7.2' } },
    [
      'program `calacs.e` 10.5.0 → 10.6.0',
      'program `caldp` 0.1.0 is not used any more',
      'program `calwf3.e` 3.7.2 was not used before',
    ],
  ],
  [{ configuration: { previews: 'false' } }, ['option `previews` true → false']],
];
for (const [change, reasons] of cases) {
  test(`another key, because ${reasons.join(', ')}`, (t) => {
    const now = { ...situation, ...change };
    t.not(resumeKey(now), resumeKey(situation));
    t.deepEqual(explainDifferences(manifest, now), reasons);
  });
}
