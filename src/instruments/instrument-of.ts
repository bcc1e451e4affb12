import type { DatasetName } from '../hst/dataset-name.ts';
import { acs } from './acs.ts';
import { cos } from './cos.ts';
import { mvm, svm } from './hap.ts';
import type { Instrument, InstrumentKind } from './instrument.ts';
import { stis } from './stis.ts';
import { wfc3 } from './wfc3.ts';

/** Every kind of processing by its name. */
export const instruments: Readonly<Record<InstrumentKind, Instrument>> = {
  acs,
  wfc3,
  stis,
  cos,
  svm,
  mvm,
};

/** The table that says how a dataset is processed: its instrument's, or the mosaic's. */
export function instrumentOf(dataset: DatasetName): Instrument {
  return instruments[dataset.kind === 'ipppssoot' ? dataset.instrument : dataset.kind];
}
