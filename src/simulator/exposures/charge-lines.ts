import type { RandomStream } from '../random/random-stream.ts';
import { badColumnThroughput } from '../references/bad-columns.ts';
import type { ChipModel } from '../references/chip-model.ts';
import { cosmicRayHits } from './cosmic-rays.ts';
import type { Exposure } from './exposure.ts';
import { illuminated, type Readout } from './readout.ts';

/** What `chargeLines` needs beside the model of the chip. */
export interface ChargeOptions {
  readonly exposure: Exposure;
  readonly readout: Readout;
  /** Electrons for each second on the illuminated part of the readout. */
  readonly scene: Float32Array;
  readonly random: RandomStream;
}

/** Charge beyond the full well is lost, not spilled; a little more than the full well fits in, so that it is found saturated. */
const headroom = 1.02;

/**
 * What collects in the pixels of a readout during an exposure: light through the flat field, dark current, cosmic rays, up
 * to the full well. Answers a function that gives electrons for line `y` of the readout, overscan zero; each line is asked for once.
 */
export function chargeLines(
  model: ChipModel,
  { exposure, readout, scene, random }: ChargeOptions,
): (y: number) => Float64Array {
  const { detector, exposureTime, darkTime } = exposure;
  const { inWindow, onChip } = illuminated(readout);
  const { width, height } = inWindow;
  const rays = detector.cosmicRays * exposureTime * width * height;
  const hits = cosmicRayHits(random, { width, height, mean: rays });
  const addTraps = traps(model, readout);
  return (y) => {
    const charge = new Float64Array(readout.window.width);
    const line = y - inWindow.y;
    if (line < 0 || line >= height) return charge;
    const flat = model.flatLine(onChip.y + line);
    const dark = model.darkLine(onChip.y + line);
    const well = model.fullWellLine(readout.window.y + y);
    const hit = hits.get(line);
    const bad = badIn(model, onChip.y + line);
    for (let x = 0; x < width; x += 1) {
      const seen = (scene[line * width + x] ?? 0) * exposureTime * (flat[onChip.x + x] ?? 1);
      const mean = seen * (bad.has(onChip.x + x) ? badColumnThroughput : 1);
      const collected = random.poisson(mean + (dark[onChip.x + x] ?? 0) * darkTime);
      const most = headroom * (well[readout.window.x + inWindow.x + x] ?? 0);
      charge[inWindow.x + x] = Math.min(collected + (hit?.get(x) ?? 0), most);
    }
    addTraps(charge, y);
    return charge;
  };
}

/** The bad columns of a line. */
function badIn({ badColumns }: ChipModel, y: number): ReadonlySet<number> {
  return new Set(badColumns.filter(({ from, to }) => y >= from && y < to).map(({ x }) => x));
}

/** What sink pixels take from the charge of a line. */
function traps(
  { sinks }: ChipModel,
  { window }: Readout,
): (charge: Float64Array, y: number) => void {
  return (charge, y) => {
    for (const { x, depth } of sinks.filter((sink) => sink.y - window.y === y)) {
      const column = x - window.x;
      if (column < 0 || column >= charge.length) continue;
      charge[column] = Math.max(0, (charge[column] ?? 0) - depth);
    }
  };
}
