import { RandomStream } from '../random/random-stream.ts';
import { badColumnThroughput } from '../references/bad-columns.ts';
import type { ChipModel } from '../references/chip-model.ts';
import type { Exposure } from './exposure.ts';

/** Seconds that the SBC is blind after each photon, for the whole detector. */
export const deadTime = 3.7e-7;

/** What the photon counter gave. */
export interface SbcCounts {
  readonly counts: Int16Array;
  /** Counts of the whole detector for each second: GLOBRATE. */
  readonly rate: number;
}

/**
 * The photons that the SBC counts: light through the flat field and dark current, less what is lost while the detector is blind.
 * `scene` is in photons for each second. Holds two bytes a pixel.
 *
 * Of a rate x, x exp(-t x) is counted, t being the dead time: what GLINCORR inverts.
 */
export function exposeSbc(
  model: ChipModel,
  { exposure, scene }: { readonly exposure: Exposure; readonly scene: Float32Array },
): SbcCounts {
  const { width, height } = model.chip.frame;
  const random = new RandomStream(`${exposure.seed} ${exposure.root}`);
  const counted = Math.exp(-deadTime * scene.reduce((sum, value) => sum + value, 0));
  const counts = new Int16Array(width * height);
  let total = 0;
  for (let y = 0; y < height; y += 1) {
    const flat = model.flatLine(y);
    const dark = model.darkLine(y);
    const bad = new Set(model.badColumns.filter(({ from }) => y >= from).map(({ x }) => x));
    for (let x = 0; x < width; x += 1) {
      const seen =
        (scene[y * width + x] ?? 0) * (flat[x] ?? 1) * (bad.has(x) ? badColumnThroughput : 1);
      const mean = (seen + (dark[x] ?? 0)) * exposure.exposureTime * counted;
      const count = Math.min(random.poisson(mean), 32_767);
      counts[y * width + x] = count;
      total += count;
    }
  }
  return { counts, rate: total / exposure.exposureTime };
}
