import { setLetters } from './set-letters.ts';
import { element } from './svg.ts';

/** Where a label goes and how it looks. */
export interface LabelPlace {
  /** The end of the base line that `anchor` tells, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Of the letters, in pixels. */
  readonly size: number;
  /** What stands at `x`; default `start`. */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Default: the colour of the picture. */
  readonly fill?: string;
  /** Whether the label is read from below; default not. */
  readonly isUpright?: boolean;
}

const before = { start: 0, middle: 0.5, end: 1 } as const;

/**
 * Draws a label as the outlines of its letters. As text it would take the renderer longer than all the rest of the picture, because
 * that reads the font anew each time.
 */
export function drawLabel(text: string, place: LabelPlace): string {
  const { x, y, size, anchor = 'start', fill, isUpright = false } = place;
  const { path, width, unitsPerEm } = setLetters(text);
  const scale = size / unitsPerEm;
  const transform = [
    `translate(${x} ${y})`,
    isUpright ? 'rotate(-90)' : '',
    `scale(${scale})`,
    `translate(${-before[anchor] * width} 0)`,
  ].join(' ');
  return element('path', { d: path, fill, transform });
}

/** How wide a label is, in pixels. */
export function labelWidth(text: string, options: { readonly size: number }): number {
  const { width, unitsPerEm } = setLetters(text);
  return (width * options.size) / unitsPerEm;
}
