import type { FitsFile } from '../../fits/fits-file.ts';
import { requireNoMask } from '../../fits/tile-compression/require-no-mask.ts';
import { newFlags } from './flag-bits.ts';
import { flagOutsideLimits } from './flag-outside-limits.ts';
import { headerNumber } from './header-number.ts';
import { applyQuality } from './apply-quality.ts';
import type { ImageChannel } from './image-channel.ts';
import { noImage } from './no-image.ts';
import type { PixelMemory } from './pixel-memory.ts';
import { newPlane, readPlane } from './read-plane.ts';
import { sciencePlanes, type SciencePlane } from './science-planes.ts';
import { trustworthyFlags } from './trustworthy-flags.ts';

/**
 * Reads the image that the standard style draws: both chips of a two-chip camera above each other, else the first science
 * extension. A value is missing where it is not finite, where data quality says that it was lost, and where a drizzled image
 * has no weight; zero is a value like any other. Memory: the pixels as single precision and a bit for each.
 *
 * @throws CaldpError `PREVIEW_NO_IMAGE`, `PREVIEW_TOO_LARGE`; FitsError.
 */
export function readStandardChannel(
  file: FitsFile,
  options: { readonly memory: PixelMemory },
): ImageChannel {
  const { planes, gap } = sciencePlanes(file);
  const [lowest] = planes;
  if (lowest === undefined) throw noImage(file);
  for (const { hdu } of planes) requireNoMask(hdu);
  const { width } = lowest.rows;
  const height = planes.reduce((sum, { rows }) => sum + rows.height + gap, -gap);
  const pixels = newPlane({ width, height }, options);
  if (gap > 0) pixels.fill(NaN);
  const flags = newFlags(pixels.length);
  const step = (lowest.rows.height + gap) * width;
  const notes = planes.flatMap((plane, index) =>
    readInto(file, { plane, pixels, flags, offset: index * step }),
  );
  const flagged = trustworthyFlags(flags, pixels);
  return {
    image: { width, height, pixels },
    missing: NaN,
    flagged,
    header: lowest.hdu.header,
    notes,
  };
}

interface Target {
  readonly plane: SciencePlane;
  readonly pixels: Float32Array;
  readonly flags: Uint8Array;
  readonly offset: number;
}

function readInto(file: FitsFile, target: Target): readonly string[] {
  const { plane, offset, flags } = target;
  readPlane(plane.rows, { ...target, good: anyFinite });
  const { width, height } = plane.rows;
  const pixels = target.pixels.subarray(offset, offset + width * height);
  const { weighted, notes } = applyQuality(file, target);
  const { header } = plane.hdu;
  const least = headerNumber(header, 'GOODMIN');
  const most = headerNumber(header, 'GOODMAX');
  // Drizzled images inherit the limits of an exposure, in other units.
  if (!weighted && least !== undefined && most !== undefined && least < most) {
    flagOutsideLimits(pixels, {
      least: Math.fround(least),
      most: Math.fround(most),
      flags,
      offset,
    });
  }
  return notes;
}

const anyFinite = { missing: NaN, least: undefined, most: undefined } as const;
