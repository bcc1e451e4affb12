import { CaldpError } from '../../../../errors/caldp-error.ts';
import { type FitsFile, findHdu, withFits } from '../../../../fits/fits-file.ts';
import type { Hdu } from '../../../../fits/hdu.ts';
import type { Plane, StoredImset } from '../frames/plane.ts';
import { storedPlane } from '../frames/stored-plane.ts';
import { readDouble, readInteger } from '../header/read-keyword.ts';
import { frameCorner, type FrameCorner } from './frame-corner.ts';

/** One chip of a reference image. */
export interface ReferenceChip {
  readonly imset: StoredImset;
  readonly corner: FrameCorner;
  /** Which imset it is, from 1. */
  readonly version: number;
}

/** Finds the imset of a chip: the first one with its CCDCHIP. @throws CaldpError `ACS_REFERENCE_CHIP_MISSING`. */
export function referenceChip(path: string, chip: number): ReferenceChip {
  return withFits(path, (file) => {
    const sci = findChip(file, { chip, perImset: 3 });
    const plane = (name: string): Plane => {
      const hdu = findHdu(file, { name, version: sci.version });
      if (hdu === undefined) throw chipMissing(path, chip);
      return storedPlane(file, hdu);
    };
    const imset = { sci: storedPlane(file, sci.hdu), err: plane('ERR'), dq: plane('DQ') };
    return { imset, corner: cornerOf(sci.hdu, path), version: sci.version };
  });
}

/** The science array of a numbered imset, whatever chip it is of. */
export function referenceArray(
  path: string,
  version: number,
): { readonly plane: Plane; readonly corner: FrameCorner } {
  return withFits(path, (file) => {
    const hdu = findHdu(file, { name: 'SCI', version });
    if (hdu === undefined) throw chipMissing(path, version);
    return { plane: storedPlane(file, hdu), corner: cornerOf(hdu, path) };
  });
}

/** One chip of a reference that has science arrays only. */
export function referencePlane(
  path: string,
  chip: number,
): { readonly plane: Plane; readonly corner: FrameCorner; readonly version: number } {
  return withFits(path, (file) => {
    const { hdu, version } = findChip(file, { chip, perImset: 1 });
    return { plane: storedPlane(file, hdu), corner: cornerOf(hdu, path), version };
  });
}

function cornerOf(hdu: Hdu, path: string): FrameCorner {
  const header = { cards: hdu.header.cards, place: `reference \`${path}\`` };
  return frameCorner({
    ltv1: readDouble(header, 'LTV1', 0),
    ltv2: readDouble(header, 'LTV2', 0),
    ltm1: readDouble(header, 'LTM1_1', 1),
    ltm2: readDouble(header, 'LTM2_2', 1),
  });
}

function findChip(
  file: FitsFile,
  options: { readonly chip: number; readonly perImset: number },
): { readonly hdu: Hdu; readonly version: number } {
  const { path } = file.source;
  const header = { cards: file.primary.header.cards, place: `reference \`${path}\`` };
  const count = Math.trunc(readInteger(header, 'NEXTEND', options.perImset) / options.perImset);
  for (let version = 1; version <= count; version += 1) {
    const hdu = findHdu(file, { name: 'SCI', version });
    if (hdu === undefined) break;
    const place = { cards: hdu.header.cards, place: `reference \`${path}\`` };
    if (readInteger(place, 'CCDCHIP', 1) === options.chip) return { hdu, version };
  }
  throw chipMissing(path, options.chip);
}

function chipMissing(path: string, chip: number): CaldpError {
  return new CaldpError(`The reference image \`${path}\` has no data for chip ${chip}.`, {
    code: 'ACS_REFERENCE_CHIP_MISSING',
    advice: 'Check that the reference is for this detector, and fetch it again.',
    exit: 'STAGE1_ERROR',
  });
}
