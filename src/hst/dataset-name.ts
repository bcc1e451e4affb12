import { DatasetNameError } from './dataset-name-error.ts';

/** The instruments whose data this pipeline processes. */
export type InstrumentName = 'acs' | 'wfc3' | 'stis' | 'cos';

/** One exposure or association, named by the nine letters of the archive: instrument, program, visit, observation. */
export interface IpppssootName {
  readonly kind: 'ipppssoot';
  /** Lower case, for example `j8cb010b0`; the name of every file and folder of the dataset. */
  readonly id: string;
  readonly instrument: InstrumentName;
}

/** A single-visit mosaic. */
export interface SvmName {
  readonly kind: 'svm';
  /** Lower case, for example `acs_8ph_01`. */
  readonly id: string;
  readonly instrument: 'acs' | 'wfc3';
  /** The first six letters of the exposures of the visit: `j8ph01`. */
  readonly ipppss: string;
}

/** A multi-visit mosaic, one cell of the sky. */
export interface MvmName {
  readonly kind: 'mvm';
  /** Lower case, for example `skycell-p2381x06y09`. */
  readonly id: string;
}

/** What the stream is about: one dataset. */
export type DatasetName = IpppssootName | SvmName | MvmName;

const instruments: Readonly<Record<string, InstrumentName>> = {
  j: 'acs',
  i: 'wfc3',
  o: 'stis',
  l: 'cos',
};

const legacyInstruments: Readonly<Record<string, string>> = {
  u: 'WFPC2',
  n: 'NICMOS',
  x: 'FOC',
  y: 'FOS',
  z: 'GHRS',
  w: 'WF/PC-1',
  v: 'HSP',
  f: 'FGS',
  e: 'engineering data',
};

const forms =
  'Expected an ipppssoot (`j8cb010b0`), a single-visit mosaic (`acs_8ph_01`) or a multi-visit mosaic (`skycell-p2381x06y09`).';

/**
 * Reads the name of a dataset. Upper and lower case are the same; surrounding white space is ignored.
 *
 * @throws DatasetNameError when the text is no such name, or names an instrument this pipeline does not calibrate.
 * @example
 * parseDatasetName('J8CB010B0'); // { kind: 'ipppssoot', id: 'j8cb010b0', instrument: 'acs' }
 */
export function parseDatasetName(text: string): DatasetName {
  const id = text.trim().toLowerCase();
  if (/^skycell-p\d{4}x\d{2}y\d{2}$/.test(id)) return { kind: 'mvm', id };
  return parseSvm(id) ?? parseIpppssoot(id, text);
}

function parseSvm(id: string): SvmName | undefined {
  const [, instrument, program, visit] = /^(acs|wfc3)_([a-z0-9]{3})_([a-z0-9]{2})$/.exec(id) ?? [];
  if (program === undefined || visit === undefined) return undefined;
  return instrument === 'acs'
    ? { kind: 'svm', id, instrument, ipppss: `j${program}${visit}` }
    : { kind: 'svm', id, instrument: 'wfc3', ipppss: `i${program}${visit}` };
}

function parseIpppssoot(id: string, text: string): IpppssootName {
  if (!/^[a-z][a-z0-9]{8}$/.test(id)) {
    throw new DatasetNameError(text, `is not the name of a dataset. ${forms}`);
  }
  const letter = id.charAt(0);
  const instrument = instruments[letter];
  if (instrument !== undefined) return { kind: 'ipppssoot', id, instrument };
  const legacy = legacyInstruments[letter];
  throw new DatasetNameError(
    text,
    legacy === undefined
      ? `begins with \`${letter}\`, which stands for no HST instrument. ${forms}`
      : `is a dataset of ${legacy} (\`${letter}\`), which this pipeline does not calibrate. It processes ACS (\`j\`), WFC3 (\`i\`), STIS (\`o\`) and COS (\`l\`).`,
  );
}

/** The folder of the data tree that a dataset is published under: its instrument, or `mvm`. */
export function dataFolder(name: DatasetName): string {
  return name.kind === 'mvm' ? 'mvm' : name.instrument;
}
