import type { Instrument } from './instrument.ts';

// drizzlepac haputils: statuses by which it says that there was nothing it could combine.
const noViableData = {
  55: 'only images that cannot be combined (SBC, HRC or not viable): no processing done',
  65: 'no viable images: no processing done',
};

/** Single-visit mosaics of ACS and WFC3. */
export const svm: Instrument = {
  name: 'svm',
  archive: { suffixes: ['FLC'], productType: 'pipeline' },
  inputs: ['flc', 'flt'],
  rawKeywords: {},
  stage1: {
    program: 'runsinglehap',
    args: [],
    takes: 'poller',
    version: { kind: 'python-package', name: 'drizzlepac' },
    ignoredExits: noViableData,
    products: { of: 'mosaic', anyOf: ['drc', 'drz'] },
    makes: 'single-visit mosaics',
  },
  unpublished: [],
  outputs: [
    'hst_*{ipppss}*.fits',
    'hst_*{ipppss}*.txt',
    'hst_*{ipppss}*.ecsv',
    '{id}_manifest.txt',
    'astrodrizzle.log',
  ],
  previews: { kind: 'image', suffixes: ['drc', 'drz'], thumbnail: 128, color: true },
};

/** Multi-visit mosaics, one cell of the sky each. */
export const mvm: Instrument = {
  name: 'mvm',
  archive: { suffixes: ['FLC'], productType: 'HAP' },
  inputs: ['flc', 'flt'],
  rawKeywords: {},
  stage1: {
    program: 'runmultihap',
    args: [],
    takes: 'poller',
    version: { kind: 'python-package', name: 'drizzlepac' },
    ignoredExits: noViableData,
    products: { of: 'mosaic', anyOf: ['drc', 'drz'] },
    makes: 'multi-visit mosaics',
  },
  unpublished: [],
  outputs: ['hst_{id}*.fits', 'hst_{id}*.txt', '{id}_manifest.txt'],
  previews: { kind: 'image', suffixes: ['drc', 'drz'], thumbnail: 512, color: true },
};
