import type { Rectangle } from '../detectors/detector.ts';
import type { Star } from './star.ts';

/** What a part of a chip would see each second. */
export interface SceneOptions {
  /** In pixels of the light-sensitive part of the chip. */
  readonly window: Rectangle;
  /** `a` of the Moffat profile, pixels. */
  readonly starWidth: number;
  /** Electrons for each second and pixel. */
  readonly sky: number;
}

/**
 * Draws stars and sky: electrons for each second, line after line. Holds one float32 a pixel.
 *
 * A star is a Moffat profile with exponent 2.5, sampled at the centres of pixels: flux 1.5 / (pi a^2) (1 + (r/a)^2)^-2.5. Source: A. F. J.
 * Moffat, Astronomy and Astrophysics 3, 455 (1969).
 */
export function renderScene(
  stars: readonly Star[],
  { window, starWidth, sky }: SceneOptions,
): Float32Array {
  const scene = new Float32Array(window.width * window.height).fill(sky);
  for (const star of stars) addStar(scene, { star, window, starWidth });
  return scene;
}

function addStar(
  scene: Float32Array,
  options: { readonly star: Star; readonly window: Rectangle; readonly starWidth: number },
): void {
  const { star, window, starWidth } = options;
  const reach = reachOf(star.flux);
  const [x, y] = [star.x - window.x, star.y - window.y];
  const peak = (star.flux * 1.5) / (Math.PI * starWidth * starWidth);
  const [left, right] = bounds(x, { reach, size: window.width });
  const [bottom, top] = bounds(y, { reach, size: window.height });
  for (let line = bottom; line <= top; line += 1) {
    for (let column = left; column <= right; column += 1) {
      const distance = ((column - x) ** 2 + (line - y) ** 2) / (starWidth * starWidth);
      const fall = 1 + distance;
      const index = line * window.width + column;
      scene[index] = (scene[index] ?? 0) + peak / (fall * fall * Math.sqrt(fall));
    }
  }
}

/** Pixels to which a star is drawn: beyond it, it gives less than 1e-4 electrons each second. */
function reachOf(flux: number): number {
  if (flux < 1) return 8;
  if (flux < 10) return 14;
  return flux < 200 ? 26 : 48;
}

function bounds(
  centre: number,
  { reach, size }: { readonly reach: number; readonly size: number },
): readonly [number, number] {
  const first = Math.max(0, Math.floor(centre) - reach);
  return [first, Math.min(size - 1, Math.floor(centre) + reach)];
}
