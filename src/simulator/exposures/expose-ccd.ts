import { amplifiersOf, type AmplifierPart } from '../detectors/amplifiers-of.ts';
import { RandomStream } from '../random/random-stream.ts';
import type { ChipModel } from '../references/chip-model.ts';
import { BiasShift } from './bias-shift.ts';
import { chargeLines } from './charge-lines.ts';
import type { Exposure } from './exposure.ts';
import type { Readout } from './readout.ts';
import { stripes, type Stripes } from './stripes.ts';

/** What `exposeCcd` needs beside the model of the chip. */
export interface CcdOptions {
  readonly exposure: Exposure;
  readonly readout: Readout;
  /** Electrons for each second on the illuminated part of the readout, line after line. */
  readonly scene: Float32Array;
}

/** How much of a pixel appears, with the opposite sign, in the mirrored pixel of the other amplifier of the chip. */
const crosstalk = 9.1e-5;
/** Counts by which the level changes over 100 lines, and over 100 columns, where it drifts. */
const drift = { lines: 0.01, columns: 0.005 };
const stripeDeviation = 0.9;

interface Electronics {
  readonly parts: readonly AmplifierPart[];
  readonly shifts: readonly (BiasShift | undefined)[];
  readonly stripes: Stripes | undefined;
  readonly lines: number;
}

/**
 * The counts that a readout of a CCD gives, line after line. Holds two bytes a pixel.
 *
 * The way of the charge is the inverse of what calibration takes back, in its order: stripes and noise, crosstalk, bias shift, gain, bias
 * structure, drift, quantisation.
 */
export function exposeCcd(model: ChipModel, { exposure, readout, scene }: CcdOptions): Uint16Array {
  const { width, height } = readout.window;
  const random = new RandomStream(`${exposure.seed} ${exposure.root} ${model.chip.number}`);
  const charge = chargeLines(model, { exposure, readout, scene, random });
  const electronics = electronicsOf(exposure, readout);
  const counts = new Uint16Array(width * height);
  for (let order = 0; order < height; order += 1) {
    // Chip 1 is read from its upper edge.
    const y =
      model.chip.number === 1 && exposure.detector.name === 'WFC' ? height - 1 - order : order;
    const signal = charge(y);
    addNoise(signal, { electronics, random, order });
    if (electronics.stripes !== undefined) addCrosstalk(signal);
    const bias = model.biasLine(readout.window.y + y);
    electronics.parts.forEach((part, index) => {
      const shift = electronics.shifts[index];
      readPart(signal, { part, shift, bias: bias.subarray(readout.window.x) });
    });
    if (exposure.electronics === 'drifting') addDrift(signal, y - height / 2);
    for (let x = 0; x < width; x += 1) {
      counts[y * width + x] = Math.min(Math.max(Math.round(signal[x] ?? 0), 0), 65_535);
    }
  }
  return counts;
}

function electronicsOf(exposure: Exposure, { chip, window }: Readout): Electronics {
  const { detector, ccdamp, root, seed } = exposure;
  const parts = amplifiersOf(chip, { detector, ccdamp, width: window.width });
  const lines = window.height;
  if (exposure.electronics !== 'dual-slope') {
    return { parts, shifts: [], stripes: undefined, lines };
  }
  const columns = window.width / parts.length;
  return {
    parts,
    shifts: parts.map(({ name, amplifier: { level, gain } }) => {
      return new BiasShift(name, { level: level * gain });
    }),
    stripes: stripes(`${seed} ${root}`, { lines, columns, deviation: stripeDeviation }),
    lines,
  };
}

/** Read noise and stripes, electrons. `order` is the line in the order of readout. */
function addNoise(
  signal: Float64Array,
  options: {
    readonly electronics: Electronics;
    readonly random: RandomStream;
    readonly order: number;
  },
): void {
  const { electronics, random, order } = options;
  for (const { amplifier, from, to, fromRight } of electronics.parts) {
    for (let x = from; x < to; x += 1) {
      const column = fromRight ? to - 1 - x : x - from;
      const stripe = electronics.stripes?.at(order, column) ?? 0;
      signal[x] = (signal[x] ?? 0) + amplifier.readNoise * random.normal() + stripe;
    }
  }
}

function addCrosstalk(signal: Float64Array): void {
  for (let left = 0; left < signal.length / 2; left += 1) {
    const right = signal.length - 1 - left;
    const [a, b] = [signal[left] ?? 0, signal[right] ?? 0];
    const changed = b - crosstalk * a;
    signal[right] = changed;
    signal[left] = a - crosstalk * changed;
  }
}

/** Makes electrons counts, in the order in which the amplifier reads them. */
function readPart(
  signal: Float64Array,
  options: {
    readonly part: AmplifierPart;
    readonly shift: BiasShift | undefined;
    readonly bias: Float32Array;
  },
): void {
  const { part, shift, bias } = options;
  const { amplifier, from, to, fromRight } = part;
  const level = amplifier.level * amplifier.gain;
  for (let step = 0; step < to - from; step += 1) {
    const x = fromRight ? to - 1 - step : from + step;
    const electrons = (signal[x] ?? 0) + level;
    const read = shift === undefined ? electrons : shift.read(electrons);
    signal[x] = read / amplifier.gain + (bias[x] ?? 0);
  }
  shift?.pause();
}

function addDrift(signal: Float64Array, fromMiddle: number): void {
  for (let x = 0; x < signal.length; x += 1) {
    const across = (x - signal.length / 2) * drift.columns;
    signal[x] = (signal[x] ?? 0) + (fromMiddle * drift.lines + across) / 100;
  }
}
