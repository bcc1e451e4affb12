import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { Corner } from '../frames/plane.ts';
import type { FrameCorner } from './frame-corner.ts';

/** Where a science frame lies in a reference image. */
export interface ReferenceSection {
  readonly corner: Corner;
  /** Whether the reference begins where the frame does and is as wide. */
  readonly isSameSize: boolean;
  /** Science pixels for each pixel of the reference; 1 but for a coarser one. */
  readonly factorX: number;
  readonly factorY: number;
}

/** A science frame or a reference image, for comparison. */
export interface PlacedSize {
  readonly corner: FrameCorner;
  readonly nx: number;
  readonly ny: number;
}

/**
 * Finds a science frame in a reference image.
 *
 * @param options - `name`: the reference, for messages; `mayBeCoarse`: whether a binned reference is understood.
 * @throws CaldpError `ACS_REFERENCE_SIZE` for a binned reference that is not understood, or one that does not cover the frame.
 */
export function referenceSection(
  science: PlacedSize,
  options: {
    readonly reference: PlacedSize;
    readonly name: string;
    readonly mayBeCoarse?: boolean;
  },
): ReferenceSection {
  const { reference, name } = options;
  const [own, other] = [science.corner, reference.corner];
  const isSameBin = own.binX === other.binX && own.binY === other.binY;
  const isSameSize =
    isSameBin && own.x === other.x && own.y === other.y && science.nx === reference.nx;
  if (!isSameBin && options.mayBeCoarse !== true)
    throw unusable(name, `its pixels are ${other.binX} x ${other.binY} detector pixels`);
  if (other.binX < own.binX || other.binY < own.binY)
    throw unusable(name, 'its pixels are smaller than those of the exposure');
  const factorX = Math.trunc(other.binX / own.binX);
  const factorY = Math.trunc(other.binY / own.binY);
  const corner = isSameSize
    ? { x0: 0, y0: 0 }
    : {
        x0: Math.trunc((own.x - other.x) / other.binX),
        y0: Math.trunc((own.y - other.y) / other.binY),
      };
  requireCover(science, { ...options, corner, factorX, factorY });
  return { corner, isSameSize, factorX, factorY };
}

function requireCover(
  science: PlacedSize,
  options: {
    readonly reference: PlacedSize;
    readonly name: string;
    readonly corner: Corner;
    readonly factorX: number;
    readonly factorY: number;
  },
): void {
  const { reference, corner, factorX, factorY } = options;
  const columns = factorX === 1 && factorY === 1 ? reference.nx : reference.nx * factorX;
  const endX = corner.x0 + science.nx;
  const endY = corner.y0 + Math.ceil(science.ny / factorY);
  if (corner.x0 >= 0 && corner.y0 >= 0 && endX <= columns && endY <= reference.ny) return;
  throw unusable(
    options.name,
    `it has ${reference.nx} x ${reference.ny} pixels and the exposure needs columns ${corner.x0} to ${endX - 1}, lines ${corner.y0} to ${endY - 1}`,
  );
}

function unusable(name: string, why: string): CaldpError {
  return new CaldpError(`The reference \`${name}\` does not fit the exposure: ${why}.`, {
    code: 'ACS_REFERENCE_SIZE',
    advice: 'Check that the reference is the one that CRDS selects for this exposure.',
    exit: 'STAGE1_ERROR',
  });
}
