import { join } from 'node:path';
import type { Detector } from '../detectors/detector.ts';
import type { CardRow } from '../headers/card-rows.ts';
import type { ChipModel } from './chip-model.ts';
import { writeImageOf } from './reference-images.ts';
import { referenceName, type ReferenceKeyword } from './reference-names.ts';
import { badPixelTable } from './tables/bad-pixel-table.ts';
import { ccdTable } from './tables/ccd-table.ts';
import { linearityTable } from './tables/linearity-table.ts';
import { overscanTable } from './tables/overscan-table.ts';
import { photometryRows, photometryTables } from './tables/photometry-tables.ts';
import { rejectionTable } from './tables/rejection-table.ts';
import { writeReferenceTable, type ReferenceTable } from './write-reference-table.ts';

/** What a reference is made for. */
export interface ReferenceSource {
  readonly detector: Detector;
  /** One for each chip, in the order of the imsets. */
  readonly models: readonly ChipModel[];
}

/**
 * Writes one simulated reference file into a folder. Holds a line of it, of a sink pixel image all.
 *
 * @returns the name of the file.
 */
export function writeReference(
  keyword: ReferenceKeyword,
  { folder, source }: { readonly folder: string; readonly source: ReferenceSource },
): string {
  const { detector } = source;
  const file = referenceName(keyword, detector);
  const path = join(folder, file);
  if (writeImageOf(path, { keyword, ...source })) return file;
  const { type, tables, extra = [] } = tablesOf(keyword, source);
  writeReferenceTable(path, { identity: { file, type, detector: detector.name, extra }, tables });
  return file;
}

interface Tables {
  /** FILETYPE. */
  readonly type: string;
  readonly tables: readonly ReferenceTable[];
  readonly extra?: readonly CardRow[];
}

function tablesOf(keyword: ReferenceKeyword, { detector, models }: ReferenceSource): Tables {
  switch (keyword) {
    case 'BPIXTAB':
      return { type: 'BAD PIXELS', tables: [badPixelTable(detector, { models })] };
    case 'CCDTAB':
      return { type: 'CCD PARAMETERS', tables: [ccdTable(detector)] };
    case 'OSCNTAB':
      return { type: 'OVERSCAN', tables: [overscanTable(detector)] };
    case 'CRREJTAB':
      return { type: 'COSMIC RAY REJECTION', tables: [rejectionTable()] };
    case 'MLINTAB':
      return { type: 'MAMA LINEARITY', tables: [linearityTable()] };
    case 'IMPHTTAB':
      return {
        type: 'IMAGE PHOTOMETRY TABLE',
        tables: photometryTables(detector),
        extra: photometryRows,
      };
    default:
      throw new RangeError(`Expected the keyword of a table, got \`${keyword}\`.`);
  }
}
