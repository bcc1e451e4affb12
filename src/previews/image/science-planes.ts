import type { FitsFile } from '../../fits/fits-file.ts';
import type { Hdu } from '../../fits/hdu.ts';
import { headerNumber } from './header-number.ts';
import { headerText } from './header-text.ts';
import { openPixelRows } from './open-pixel-rows.ts';
import type { PlaneRows } from '../../fits/plane-rows.ts';

/** The image of one detector chip. */
export interface SciencePlane {
  readonly hdu: Hdu;
  readonly rows: PlaneRows;
}

/** The planes of a picture from the bottom up, and the rows left free between them. */
export interface SciencePlanes {
  readonly planes: readonly SciencePlane[];
  readonly gap: number;
}

/** Cameras with two chips and the gap between these, in unbinned pixels. Chip 2 lies below chip 1 in both. */
const twoChipCameras = [
  { instrument: 'ACS', detector: 'WFC', gap: 50 },
  { instrument: 'WFC3', detector: 'UVIS', gap: 35 },
] as const;

/**
 * Finds what is to be drawn: both chips of a camera that has two, else the first science extension, else the first image.
 *
 * @returns no planes where there is no image.
 * @throws FitsError.
 */
export function sciencePlanes(file: FitsFile): SciencePlanes {
  const science = file.hdus.filter(({ name }) => name.toUpperCase() === 'SCI');
  const planes = science.flatMap((hdu) => planeOf(file, hdu));
  const pair = bothChips(file, planes);
  if (pair !== undefined) return pair;
  // An error or quality array is no picture of what the science extension lacks.
  const [first] = science.length > 0 ? planes : file.hdus.flatMap((hdu) => planeOf(file, hdu));
  return { planes: first === undefined ? [] : [first], gap: 0 };
}

function planeOf(file: FitsFile, hdu: Hdu): readonly SciencePlane[] {
  const rows = openPixelRows(file, hdu);
  return rows === undefined ? [] : [{ hdu, rows }];
}

function bothChips(file: FitsFile, planes: readonly SciencePlane[]): SciencePlanes | undefined {
  const { header } = file.primary;
  const camera = twoChipCameras.find(
    ({ instrument, detector }) =>
      headerText(header, 'INSTRUME') === instrument && headerText(header, 'DETECTOR') === detector,
  );
  const onChip = (chip: number): SciencePlane | undefined =>
    planes.find(({ hdu }) => headerNumber(hdu.header, 'CCDCHIP') === chip);
  const [lower, upper] = [onChip(2), onChip(1)];
  if (camera === undefined || planes.length !== 2 || lower === undefined || upper === undefined) {
    return undefined;
  }
  const sameSize = lower.rows.width === upper.rows.width && lower.rows.height === upper.rows.height;
  if (!sameSize) return undefined;
  const binning = headerNumber(lower.hdu.header, 'BINAXIS2') ?? 1;
  return { planes: [lower, upper], gap: Math.round(camera.gap / Math.max(1, binning)) };
}
