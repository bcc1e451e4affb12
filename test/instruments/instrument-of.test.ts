import test from 'ava';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { instrumentOf, instruments } from '../../src/instruments/instrument-of.ts';

test('a dataset has the programs of its instrument, a mosaic those of its kind', (t) => {
  const programs = (id: string) => {
    const { stage1, stage2 } = instrumentOf(parseDatasetName(id));
    return [[stage1.program, ...stage1.args], stage2 && [stage2.program, ...stage2.args]];
  };
  const drizzle = ['runastrodriz', '-n', '1'];
  t.deepEqual(programs('j8cb010b0'), [['calacs.e'], drizzle]);
  t.deepEqual(programs('ib8t01010'), [['calwf3.e'], drizzle]);
  t.deepEqual(programs('obes03010'), [['cs0.e', '-tv'], undefined]);
  t.deepEqual(programs('la8q99030'), [['calcos'], undefined]);
  t.deepEqual(programs('acs_8ph_01'), [['runsinglehap'], undefined]);
  t.deepEqual(programs('wfc3_8ph_01'), [['runsinglehap'], undefined]);
  t.deepEqual(programs('skycell-p2381x06y09'), [['runmultihap'], undefined]);
});

test('what gets references is what CALDP gives references', (t) => {
  const isRaw = (kind: keyof typeof instruments, suffix: string): boolean =>
    instruments[kind].raw?.test(`j8cb01u2q_${suffix}.fits`) === true;
  t.true(isRaw('acs', 'raw'));
  t.false(isRaw('acs', 'spt'));
  t.true(isRaw('cos', 'rawtag_a'));
  t.false(isRaw('cos', 'pha_a'));
  t.true(isRaw('stis', 'wav'));
  t.true(isRaw('stis', 'tag'));
  t.false(isRaw('stis', 'epc'));
  t.false(isRaw('svm', 'flc'));
});

test('every suffix that the archive is asked for is taken as an input', (t) => {
  for (const { name, archive, inputs } of Object.values(instruments)) {
    for (const suffix of archive.suffixes)
      t.true(inputs.includes(suffix.toLowerCase()), `${name} ${suffix}`);
  }
});
