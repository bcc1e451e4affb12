import type { Chip, Rectangle } from '../detectors/detector.ts';

/** The part of a chip's frame that one exposure reads. */
export interface Readout {
  readonly chip: Chip;
  /** In pixels of the frame. */
  readonly window: Rectangle;
}

/** The part of a readout that sees the sky: where it lies in the window, and on the light-sensitive part of the chip. */
export interface Illuminated {
  readonly inWindow: Rectangle;
  readonly onChip: Rectangle;
}

/** A whole chip. */
export function wholeChip(chip: Chip): Readout {
  return { chip, window: { x: 0, y: 0, ...chip.frame } };
}

/** The part of a readout that sees the sky. */
export function illuminated({ chip: { light }, window }: Readout): Illuminated {
  const left = Math.max(window.x, light.x);
  const bottom = Math.max(window.y, light.y);
  const width = Math.min(window.x + window.width, light.x + light.width) - left;
  const height = Math.min(window.y + window.height, light.y + light.height) - bottom;
  return {
    inWindow: { x: left - window.x, y: bottom - window.y, width, height },
    onChip: { x: left - light.x, y: bottom - light.y, width, height },
  };
}

/** LTV1 and LTV2: what is added to a place on the light-sensitive part to get the place in the readout, from 0. */
export function offsetsOf({ chip: { light }, window }: Readout): readonly [number, number] {
  return [light.x - window.x, light.y - window.y];
}
