import type { Instrument } from './instrument.ts';

/** Space Telescope Imaging Spectrograph. */
export const stis: Instrument = {
  name: 'stis',
  archive: { suffixes: ['ASN', 'RAW', 'EPC', 'TAG', 'WAV'] },
  inputs: ['asn', 'raw', 'epc', 'tag', 'wav', 'spt'],
  raw: /_(raw|wav|tag)\.fits$/,
  referencePrefix: 'oref$',
  rawKeywords: {},
  stage1: {
    program: 'cs0.e',
    args: ['-tv'],
    takes: 'raws-or-wavecals',
    version: { kind: 'option', args: ['--version'] },
    ignoredExits: {},
    nothingToDo: 'No output from current processing step.',
    products: {
      of: 'each-exposure',
      anyOf: ['flt', 'crj', 'sfl', 'x1d', 'sx1', 'x2d', 'sx2', 'wsp'],
    },
    makes: 'calibrated images and spectra (`flt`, `crj`, `x1d`, `sx1`, `x2d`, `sx2`)',
  },
  unpublished: ['_epc.fits'],
  outputs: ['{root}_*.fits', '{root}.tra', '{id}_cal_env.txt'],
  previews: { kind: 'spectrum', suffixes: ['x1d', 'sx1'], thumbnail: 128, color: false },
};
