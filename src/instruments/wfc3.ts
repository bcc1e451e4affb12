import { drizzle } from './drizzle.ts';
import type { Instrument } from './instrument.ts';

/** Wide Field Camera 3: UVIS and IR. */
export const wfc3: Instrument = {
  name: 'wfc3',
  archive: { suffixes: ['ASN', 'RAW'] },
  inputs: ['asn', 'raw', 'spt'],
  raw: /_raw/,
  referencePrefix: 'iref$',
  rawKeywords: {},
  stage1: {
    program: 'calwf3.e',
    args: [],
    takes: 'association-or-each-raw',
    version: { kind: 'option', args: ['--version'] },
    ignoredExits: {},
    nothingToDo: 'did NOT process',
    products: { of: 'each-exposure', anyOf: ['flt'], combined: { 'PROD-CR': 'crj' } },
    makes: 'calibrated exposures (`flt`, `flc`, `ima`) and combined ones (`crj`, `crc`)',
  },
  stage2: drizzle,
  unpublished: [],
  outputs: ['{root}_*.fits', '{root}.tra', '{id}_cal_env.txt'],
  previews: {
    kind: 'image',
    suffixes: ['drc', 'drz', 'flc', 'flt', 'ima', 'raw'],
    thumbnail: 128,
    color: false,
  },
};
