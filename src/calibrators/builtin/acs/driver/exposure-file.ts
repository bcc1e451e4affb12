import { join } from 'node:path';
import { CaldpError } from '../../../../errors/caldp-error.ts';
import { type FitsFile, findHdu, openFits, closeFits } from '../../../../fits/fits-file.ts';
import type { Plane, StoredImset } from '../frames/plane.ts';
import { storedPlane } from '../frames/stored-plane.ts';
import type { Cards } from '../header/cards.ts';
import { readInteger } from '../header/read-keyword.ts';
import { keptCards } from '../header/reserved-cards.ts';

/** The headers of the three extensions of an imset. */
export interface ImsetHeaders {
  readonly sci: Cards;
  readonly err: Cards;
  readonly dq: Cards;
}

/** One imset of a file: its headers, and where its pixels are. */
export interface ImsetFile {
  readonly headers: ImsetHeaders;
  readonly stored: StoredImset;
  readonly nx: number;
  readonly ny: number;
}

/** An exposure as it is in a file. Headers are without the cards that describe the data. */
export interface ExposureFile {
  /** Without a folder. */
  readonly name: string;
  readonly path: string;
  readonly primary: Cards;
  /** All cards of the primary header. */
  readonly original: readonly string[];
  /** Bytes of the primary header. */
  readonly headerEnd: number;
  readonly imsets: readonly ImsetFile[];
}

const extensions = ['SCI', 'ERR', 'DQ'] as const;
type ExtensionName = (typeof extensions)[number];

/**
 * Reads the headers of an exposure.
 *
 * @throws CaldpError `ACS_INPUT_MISSING`; FitsError where it is no sound FITS file.
 */
export function readExposure(name: string, options: { readonly folder: string }): ExposureFile {
  const path = join(options.folder, name);
  const file = openInput(path, name);
  try {
    const primary = keptCards(file.primary.header.cards);
    const count = Math.trunc(
      readInteger({ cards: primary, place: `\`${name}\`` }, 'NEXTEND', 3) / 3,
    );
    const versions = Array.from({ length: count }, (_, index) => index + 1);
    return {
      name,
      path,
      primary,
      original: file.primary.header.cards,
      headerEnd: file.primary.dataOffset,
      imsets: versions.map((version) => imsetOf(file, { version, name })),
    };
  } finally {
    closeFits(file);
  }
}

function openInput(path: string, name: string): FitsFile {
  try {
    return openFits(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new CaldpError(`The exposure \`${name}\` is not in the work folder.`, {
      code: 'ACS_INPUT_MISSING',
      advice: 'Fetch it, or correct the association table that names it.',
      exit: 'STAGE1_ERROR',
      cause: error,
    });
  }
}

function imsetOf(
  file: FitsFile,
  options: { readonly version: number; readonly name: string },
): ImsetFile {
  const [sci, err, dq] = extensions.map((extension) => planeOf(file, { ...options, extension }));
  if (sci === undefined || err === undefined || dq === undefined)
    throw new RangeError('Expected three extensions.');
  const { nx, ny } = sci.plane;
  for (const { plane, extension } of [err, dq])
    if (plane.nx !== nx || plane.ny !== ny)
      throw unequal(options.name, `${extension} ${options.version}`);
  return {
    headers: { sci: sci.cards, err: err.cards, dq: dq.cards },
    stored: { sci: sci.plane, err: err.plane, dq: dq.plane },
    nx,
    ny,
  };
}

function planeOf(
  file: FitsFile,
  options: { readonly version: number; readonly extension: ExtensionName; readonly name: string },
): { readonly cards: Cards; readonly plane: Plane; readonly extension: ExtensionName } {
  const { version, extension, name } = options;
  const hdu = findHdu(file, { name: extension, version });
  if (hdu === undefined)
    throw new CaldpError(`\`${name}\` has no extension ${extension} ${version}.`, {
      code: 'ACS_EXTENSION_MISSING',
      advice: 'Fetch the file again; each imset of an exposure has SCI, ERR and DQ.',
      exit: 'STAGE1_ERROR',
    });
  return { cards: keptCards(hdu.header.cards), plane: storedPlane(file, hdu), extension };
}

function unequal(name: string, extension: string): CaldpError {
  return new CaldpError(
    `In \`${name}\` the extension ${extension} has another size than the science array.`,
    {
      code: 'ACS_SIZE_MISMATCH',
      advice: 'Fetch the file again; SCI, ERR and DQ of an imset are of one size.',
      exit: 'STAGE1_ERROR',
    },
  );
}
