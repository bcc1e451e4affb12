import test from 'ava';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { outputFiles } from '../../src/instruments/output-files.ts';

const association = {
  file: 'j8cb010b0_asn.fits',
  exposures: [
    { name: 'j8cb01u2q', type: 'EXP-CR1', present: true },
    { name: 'j8cb01u3q', type: 'EXP-CR1', present: true },
  ],
  products: [{ name: 'j8cb010b1', type: 'PROD-CR1', present: false }],
};

test('files of other observations of the visit are not taken', (t) => {
  const names = ['j8cb01u4q_flt.fits', 'j8cb02u2q_flt.fits', 'j8cb010b2_crj.fits', 'j8cb01u2.tra'];
  t.deepEqual(outputFiles(names, { dataset: parseDatasetName('j8cb010b0'), association }), []);
});

test('the files of the dataset, its exposures and its association products are taken', (t) => {
  const names = [
    'j8cb010b0_asn.fits',
    'j8cb010b0.tra',
    'j8cb010b0_cal_env.txt',
    'j8cb010b1_crj.fits',
    'j8cb010b1_drz.fits',
    'j8cb01u2q_flt.fits',
    'j8cb01u2q_flt_hlet.fits',
    'j8cb01u3q.tra',
  ];
  const others = [
    'process.txt',
    'j8cb01u2q_blv_tmp.fits',
    'j8cb01u2q_flt.fits.bak',
    '.caldp-run.json',
  ];
  t.deepEqual(
    outputFiles([...others, ...names], { dataset: parseDatasetName('j8cb010b0'), association }),
    names.toSorted(),
  );
});

test('STIS engineering files are not published', (t) => {
  const dataset = parseDatasetName('obes03010');
  t.deepEqual(outputFiles(['obes03010_epc.fits', 'obes03010_flt.fits'], { dataset }), [
    'obes03010_flt.fits',
  ]);
});

test('a single-visit mosaic takes what names its visit', (t) => {
  const dataset = parseDatasetName('acs_8ph_01');
  const names = [
    'acs_8ph_01_manifest.txt',
    'astrodrizzle.log',
    'hst_9774_01_acs_wfc_total_j8ph01_drc.fits',
    'hst_9774_01_acs_wfc_total_j8ph01_point-cat.ecsv',
  ];
  const others = ['j8ph01g0q_flc.fits', 'hst_9774_02_acs_wfc_total_j8ph02_drc.fits'];
  t.deepEqual(outputFiles([...names, ...others], { dataset }), names);
});

test('a multi-visit mosaic takes what begins with its cell', (t) => {
  const dataset = parseDatasetName('skycell-p2381x06y09');
  const names = [
    'hst_skycell-p2381x06y09_acs_wfc_f814w_all_drc.fits',
    'skycell-p2381x06y09_manifest.txt',
  ];
  t.deepEqual(outputFiles([...names, 'hst_skycell-p2381x06y10_drc.fits'], { dataset }), names);
});
