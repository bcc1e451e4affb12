import type { Detector } from '../detectors/detector.ts';
import { RandomStream } from '../random/random-stream.ts';

/** A column, from one line on, through which little charge comes; pixels of the light-sensitive part. */
export interface BadColumn {
  readonly x: number;
  /** Lines from `from` up to but not including `to`. */
  readonly from: number;
  readonly to: number;
}

/** What part of the charge a bad column lets through. */
export const badColumnThroughput = 0.05;

/** The bad columns of one chip, all of them in its bad pixel table. */
export function badColumnsOf(
  { badColumns, chips }: Detector,
  { name }: { readonly name: string },
): readonly BadColumn[] {
  const random = new RandomStream(`${name} bad columns`);
  const { width, height } = chips[0]?.light ?? { width: 0, height: 0 };
  return Array.from({ length: badColumns }, () => {
    const from = random.integer(height - 1);
    return { x: random.integer(width), from, to: height };
  });
}
