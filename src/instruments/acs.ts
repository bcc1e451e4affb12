import { drizzle } from './drizzle.ts';
import type { Instrument } from './instrument.ts';

/** Advanced Camera for Surveys: WFC, HRC, SBC. */
export const acs: Instrument = {
  name: 'acs',
  archive: { suffixes: ['ASN', 'RAW'] },
  inputs: ['asn', 'raw', 'spt'],
  raw: /_raw/,
  referencePrefix: 'jref$',
  rawKeywords: {},
  stage1: {
    program: 'calacs.e',
    args: [],
    takes: 'association-or-each-raw',
    version: { kind: 'option', args: ['--version'] },
    ignoredExits: {},
    nothingToDo: 'did NOT process',
    products: { of: 'each-exposure', anyOf: ['flt'], combined: { 'PROD-CR': 'crj' } },
    makes: 'calibrated exposures (`flt`, `flc`) and combined ones (`crj`, `crc`, `sfl`)',
  },
  stage2: drizzle,
  unpublished: [],
  outputs: ['{root}_*.fits', '{root}.tra', '{id}_cal_env.txt'],
  previews: {
    kind: 'image',
    suffixes: ['crj', 'drc', 'drz', 'raw', 'flc', 'flt'],
    thumbnail: 128,
    color: false,
  },
};
