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
  readonly biasLine: (y: number) => Float32Array;
  /** Electrons for each second, a line of the light-sensitive part. */
  readonly darkLine: (y: number) => Float32Array;
  /** Response relative to the mean, a line of the light-sensitive part. */
  readonly flatLine: (y: number) => Float32Array;
  /** Electrons that a pixel holds, a line of the frame. */
  readonly fullWellLine: (y: number) => Float32Array;
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
      const values = line('bias', y).normals(frame.width, { mean: 0, deviation: 0.12 });
      for (let x = 0; x < values.length; x += 1) values[x] = (values[x] ?? 0) + (structure[x] ?? 0);
      return values;
    },
    darkLine: (y) => darkLine(detector, { width: light.width, random: line('dark', y) }),
    flatLine: (y) => {
      const values = line('flat', y).normals(light.width, { mean: 0, deviation: 0.004 });
      const smooth = flatResponse(light, y);
      for (let x = 0; x < values.length; x += 1) values[x] = (values[x] ?? 0) + smooth(x);
      return values;
    },
    fullWellLine: (y) => {
      const { fullWell } = detector;
      const random = line('full well', y);
      return random.normals(frame.width, { mean: fullWell, deviation: 0.01 * fullWell });
    },
    badColumns: badColumnsOf(detector, { name }),
    sinks: detector.name === 'WFC' ? sinkPixelsOf(chip, { name, count: sinksOfChip }) : [],
  };
}

function darkLine(
  { dark, hotPixels }: Detector,
  { width, random }: { readonly width: number; readonly random: RandomStream },
): Float32Array {
  const line = random.normals(width, { mean: dark, deviation: 0.25 * dark });
  for (let x = 0; x < width; x += 1) line[x] = Math.abs(line[x] ?? 0);
  for (let hot = random.poisson(width * hotPixels); hot > 0; hot -= 1) {
    // As many hot pixels in each factor of two of the current.
    const current = 0.05 / random.uniform();
    const x = random.integer(width);
    line[x] = (line[x] ?? 0) + Math.min(current, 20);
  }
  return line;
}
