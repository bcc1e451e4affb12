import test from 'ava';
import fc from 'fast-check';
import { DatasetNameError } from '../../src/hst/dataset-name-error.ts';
import { dataFolder, parseDatasetName } from '../../src/hst/dataset-name.ts';

test('an ipppssoot is read in either case and kept in lower case', (t) => {
  t.deepEqual(parseDatasetName(' J8CB010B0\r'), {
    kind: 'ipppssoot',
    id: 'j8cb010b0',
    instrument: 'acs',
  });
});

test('mosaics name their visit or their cell of the sky', (t) => {
  t.like(parseDatasetName('wfc3_8PH_a1'), { kind: 'svm', instrument: 'wfc3', ipppss: 'i8pha1' });
  t.is(dataFolder(parseDatasetName('skycell-p2381x06y09')), 'mvm');
  t.is(dataFolder(parseDatasetName('acs_8ph_01')), 'acs');
});

for (const [letter, instrument] of Object.entries({
  u: 'WFPC2',
  n: 'NICMOS',
  x: 'FOC',
  y: 'FOS',
  z: 'GHRS',
  w: 'WF/PC-1',
  v: 'HSP',
  f: 'FGS',
  e: 'engineering data',
})) {
  test(`a name that begins with ${letter} is refused as ${instrument}`, (t) => {
    const error = t.throws(() => parseDatasetName(`${letter}2g30101t`), {
      instanceOf: DatasetNameError,
    });
    t.true(error.message.includes(instrument));
  });
}

test('any text is a name or a DatasetNameError', (t) => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        return /^[a-z0-9_-]+$/.test(parseDatasetName(text).id);
      } catch (error) {
        return error instanceof DatasetNameError;
      }
    }),
  );
  t.pass();
});
