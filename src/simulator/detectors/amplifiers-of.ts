import type { Amplifier, AmplifierName, Chip, Detector } from './detector.ts';

/** The part of a chip's columns that one amplifier reads. */
export interface AmplifierPart {
  readonly name: AmplifierName;
  readonly amplifier: Amplifier;
  /** Columns from `from` up to but not including `to`, of the readout. */
  readonly from: number;
  readonly to: number;
  /** Whether the readout goes from the right to the left. */
  readonly fromRight: boolean;
}

/** The amplifiers that read a chip, from left to right: both halves of a WFC chip, or all columns by one. */
export function amplifiersOf(
  chip: Chip,
  options: { readonly detector: Detector; readonly ccdamp: string; readonly width: number },
): readonly AmplifierPart[] {
  const { detector, ccdamp, width } = options;
  const part = (name: AmplifierName, from: number, to: number): AmplifierPart => {
    const amplifier = detector.amplifiers[name];
    if (amplifier === undefined) throw new RangeError(`The ${detector.name} has no ${name}.`);
    return { name, amplifier, from, to, fromRight: name === 'B' || name === 'D' };
  };
  if (ccdamp === 'ABCD') {
    const [left, right] = chip.number === 1 ? (['A', 'B'] as const) : (['C', 'D'] as const);
    return [part(left, 0, width / 2), part(right, width / 2, width)];
  }
  const only = (['A', 'B', 'C', 'D'] as const).find((name) => name === ccdamp);
  if (only === undefined)
    throw new RangeError(`Expected one amplifier or \`ABCD\`, got \`${ccdamp}\`.`);
  return [part(only, 0, width)];
}
