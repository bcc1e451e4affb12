import type { FrameSource } from '../chips/frame-source.ts';
import type { ConstantArrays } from '../frames/constant-array.ts';
import { type Cards, hasCard } from '../header/cards.ts';
import { removeCard, setFloat, setInteger, setString } from '../header/set-card.ts';
import { keptCards } from '../header/reserved-cards.ts';
import { rewrittenHeader } from '../header/rewritten-header.ts';
import type { ExposureFile, ImsetHeaders } from './exposure-file.ts';

/** One chip of an exposure between two modules: what calacs keeps in a temporary file. */
export interface WorkingImset {
  readonly headers: ImsetHeaders;
  readonly nx: number;
  readonly ny: number;
  readonly source: FrameSource;
  readonly constants: ConstantArrays;
}

/** An exposure between two modules. */
export interface WorkingExposure {
  /** Name of the temporary file that calacs would write. */
  readonly name: string;
  /** First part of the names under which workers keep its frames. */
  readonly frames: string;
  readonly primary: Cards;
  readonly imsets: readonly WorkingImset[];
  /** The file of which this is an unchanged copy so far. */
  readonly copied?: CopiedFile;
}

/** A file that is copied but for its primary header. */
export interface CopiedFile {
  readonly path: string;
  /** Bytes of the primary header in that file. */
  readonly headerEnd: number;
  /** The new primary header. */
  readonly cards: readonly string[];
}

/** An exposure as it is in its file. */
export function workingInput(file: ExposureFile): WorkingExposure {
  const imsets = file.imsets.map(({ headers, nx, ny, stored }) => ({
    headers,
    nx,
    ny,
    source: { kind: 'fits', imset: stored } as const,
    constants: {},
  }));
  return { name: file.name, frames: file.name, primary: file.primary, imsets };
}

/** An exposure to which a module does nothing: a copy of the file under the name of the module's output. */
export function workingCopy(file: ExposureFile, name: string): WorkingExposure {
  const cards = renamedHeader(file.original, name);
  const copied = { path: file.path, headerEnd: file.headerEnd, cards };
  return { ...workingInput(file), name, primary: keptCards(cards), copied };
}

/** A header with another FILENAME, as HSTIO changes it in place. */
export function renamedHeader(cards: readonly string[], name: string): readonly string[] {
  return rewrittenHeader(cards, (kept) => {
    setString(kept, 'FILENAME', name, 'name of file');
  });
}

/** Name under which a worker keeps the frame of an imset, counted from 0. */
export function frameName(frames: string, index: number): string {
  return `${frames}[${index}]`;
}

/**
 * Brings headers into the state in which HSTIO writes them: a constant ERR or DQ array is told by keywords, for others these are
 * removed; EXTNAME and EXTVER are set.
 */
export function settleHeaders(
  headers: ImsetHeaders,
  options: { readonly constants: ConstantArrays; readonly nx: number; readonly ny: number },
): void {
  const { constants, nx, ny } = options;
  settleArray(headers.err, { value: constants.err, nx, ny, set: setFloat });
  settleArray(headers.dq, { value: constants.dq, nx, ny, set: setInteger });
}

function settleArray(
  cards: Cards,
  options: {
    readonly value: number | undefined;
    readonly nx: number;
    readonly ny: number;
    readonly set: (cards: Cards, keyword: string, value: number, comment?: string) => void;
  },
): void {
  const { value, nx, ny, set } = options;
  if (value === undefined) {
    for (const keyword of ['PIXVALUE', 'NPIX1', 'NPIX2'])
      while (hasCard(cards, keyword)) removeCard(cards, keyword);
    return;
  }
  set(cards, 'PIXVALUE', value, 'values of pixels in constant array');
  setInteger(cards, 'NPIX1', nx, 'length of constant array axis 1');
  setInteger(cards, 'NPIX2', ny, 'length of constant array axis 2');
}
