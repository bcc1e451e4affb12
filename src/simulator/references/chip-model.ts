import type { Chip, Detector } from '../detectors/detector.ts';
import { RandomStream } from '../random/random-stream.ts';
import { badColumnsOf, type BadColumn } from './bad-columns.ts';
import { flatResponse } from './flat-response.ts';
import { sinkPixelsOf, type SinkPixel } from './sink-pixels.ts';

/**
 * What is the same in every exposure with a chip, and what its reference files say. Lines are made anew whenever they are asked
 * for, always the same, so that nothing of a frame is held.
 */
export interface ChipModel {
  readonly chip: Chip;
  /** Counts above the level of the amplifier, a line of the frame. */
  biasLine(y: number): Float32Array;
  /** Electrons for each second, a line of the light-sensitive part. */
  darkLine(y: number): Float32Array;
  /** Response relative to the mean, a line of the light-sensitive part. */
  flatLine(y: number): Float32Array;
  /** Electrons that a pixel holds, a line of the frame. */
  fullWellLine(y: number): Float32Array;
  readonly badColumns: readonly BadColumn[];
  readonly sinks: readonly SinkPixel[];
}

const sinksOfChip = 400;

/** The model of one chip. Holds one number for each column. */
export function chipModel(
  chip: Chip,
  { detector, seed }: { readonly detector: Detector; readonly seed: number },
): ChipModel {
  const name = `${seed} ${detector.name} ${chip.number}`;
  const { frame, light } = chip;
  const columns = new RandomStream(`${name} bias columns`);
  const structure = Float32Array.from({ length: frame.width }, () => 0.5 * columns.normal());
  const line = (what: string, y: number): RandomStream => new RandomStream(`${name} ${what} ${y}`);
  return {
    chip,
    biasLine: (y) => {
      const random = line('bias', y);
      return structure.map((value) => value + 0.12 * random.normal());
    },
    darkLine: (y) => darkLine(detector, { width: light.width, random: line('dark', y) }),
    flatLine: (y) => {
      const random = line('flat', y);
      return new Float32Array(light.width).map(
        (_, x) => flatResponse(x / light.width, y / light.height) + 0.004 * random.normal(),
      );
    },
    fullWellLine: (y) => {
      const random = line('full well', y);
      const { fullWell } = detector;
      return new Float32Array(frame.width).map(() => fullWell * (1 + 0.01 * random.normal()));
    },
    badColumns: badColumnsOf(detector, { name }),
    sinks: detector.name === 'WFC' ? sinkPixelsOf(chip, { name, count: sinksOfChip }) : [],
  };
}

function darkLine(
  { dark, hotPixels }: Detector,
  { width, random }: { readonly width: number; readonly random: RandomStream },
): Float32Array {
  const line = new Float32Array(width).map(() => dark * Math.abs(1 + 0.25 * random.normal()));
  for (let hot = random.poisson(width * hotPixels); hot > 0; hot -= 1) {
    // As many hot pixels in each factor of two of the current.
    const current = 0.05 / random.uniform();
    const x = random.integer(width);
    line[x] = (line[x] ?? 0) + Math.min(current, 20);
  }
  return line;
}
