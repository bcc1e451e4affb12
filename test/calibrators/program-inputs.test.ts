import test from 'ava';
import { programInputs } from '../../src/calibrators/program-inputs.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { instrumentOf } from '../../src/instruments/instrument-of.ts';

const runs = (id: string, inputs: readonly string[], stage: 1 | 2 = 1) => {
  const dataset = parseDatasetName(id);
  const { stage1, stage2 = stage1 } = instrumentOf(dataset);
  return programInputs({ dataset, inputs }, { stage: stage === 1 ? stage1 : stage2 });
};

test('a dataset without a file for its program says what was expected and what is there', (t) => {
  t.throws(() => runs('j8cb010b0', ['j8cb01u2q_spt.fits']), {
    code: 'NOTHING_TO_CALIBRATE',
    message:
      '`j8cb010b0` has no file that `calacs.e` could calibrate: expected `j8cb010b0_asn.fits` or `_raw` files, found `j8cb01u2q_spt.fits`.',
  });
  t.throws(() => runs('acs_8ph_01', []), {
    message: /expected `acs_8ph_01_input\.out`, found no file at all/,
  });
});

test('the association is given and its raws are not', (t) => {
  const inputs = ['j8cb010b0_asn.fits', 'j8cb01u2q_raw.fits', 'j8cb01u3q_raw.fits'];
  t.deepEqual(runs('j8cb010b0', inputs), [['j8cb010b0_asn.fits']]);
  t.deepEqual(runs('j8cb010b0', inputs, 2), [['j8cb010b0_asn.fits']]);
});

test('without an association each raw is a run of stage 1 and all are one of stage 2', (t) => {
  const inputs = ['j8f54obeq_raw.fits', 'j8f54obdq_raw.fits', 'j8f54obeq_spt.fits'];
  t.deepEqual(runs('j8f54obeq', inputs), [['j8f54obdq_raw.fits'], ['j8f54obeq_raw.fits']]);
  t.deepEqual(runs('j8f54obeq', inputs, 2), [['j8f54obdq_raw.fits', 'j8f54obeq_raw.fits']]);
});

test('calcos gets the first raw alone: it finds the other segment itself', (t) => {
  const inputs = ['lb4c10niq_rawtag_b.fits', 'lb4c10niq_rawtag_a.fits', 'lb4c10niq_spt.fits'];
  t.deepEqual(runs('lb4c10niq', inputs), [['lb4c10niq_rawtag_a.fits']]);
});

test('STIS takes the raws, and wavecals only where there is no raw', (t) => {
  const inputs = ['obes03010_asn.fits', 'obes03010_wav.fits', 'obes03010_raw.fits'];
  t.deepEqual(runs('obes03010', inputs), [['obes03010_raw.fits']]);
  t.deepEqual(runs('obes03010', inputs.slice(0, 2)), [['obes03010_wav.fits']]);
});

test('a mosaic takes its poller file', (t) => {
  const inputs = ['skycell-p2381x06y09_input.out', 'hst_x_flc.fits'];
  t.deepEqual(runs('skycell-p2381x06y09', inputs), [['skycell-p2381x06y09_input.out']]);
});
