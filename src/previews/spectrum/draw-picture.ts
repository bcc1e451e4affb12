import { spectrumColors as colors } from './spectrum-colors.ts';
import { element } from './svg.ts';

/** Composes a square picture of some elements; `size` is its side in pixels. */
export function drawPicture(
  children: readonly string[],
  { size }: { readonly size: number },
): string {
  const xmlns = 'http://www.w3.org/2000/svg';
  return element('svg', { xmlns, width: size, height: size, fill: colors.text }, children);
}
