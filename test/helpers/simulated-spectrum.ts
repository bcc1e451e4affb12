/** The samples of a segment or an order. */
export interface SimulatedSpectrum {
  /** In ångström. */
  readonly wavelength: Float64Array;
  readonly flux: Float64Array;
  readonly error: Float64Array;
  /** 1 where data quality is bad. */
  readonly flagged: Uint8Array;
}

const peak = 4e-14;

/**
 * A hot star seen through interstellar gas, with airglow, through a spectrograph whose sensitivity falls off to both sides: noise
 * and errors grow there, and the outermost samples hold nothing and are flagged. The same for the same numbers.
 */
export function simulatedSpectrum(options: {
  /** Wavelength of the first sample, and from each to the next. */
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** Samples without light on either side. */
  readonly edge: number;
  readonly random: () => number;
}): SimulatedSpectrum {
  const { first, step, count, edge, random } = options;
  const wavelength = Float64Array.from({ length: count }, (_, index) => first + index * step);
  const error = wavelength.map(
    (at, index) => 0.04 * continuum(at) * (1 + 3 * (2 * (index / count) - 1) ** 6),
  );
  const flux = wavelength.map((at, index) =>
    isDark(index) ? 0 : light(at) + 1.7 * (error[index] ?? 0) * noise(),
  );
  const flagged = Uint8Array.from(wavelength, (_, index) =>
    isDark(index) || isDead(index) ? 1 : 0,
  );
  return { wavelength, flux, error, flagged };

  function isDark(index: number): boolean {
    return index < edge || index >= count - edge;
  }

  /** One stretch of a hundredth of the samples that data quality gives up. */
  function isDead(index: number): boolean {
    return index > 0.6 * count && index < 0.61 * count;
  }

  function noise(): number {
    return 2 * (random() + random() + random() - 1.5);
  }
}

function continuum(at: number): number {
  return peak * (1300 / at) ** 1.5;
}

function light(at: number): number {
  const left = lines.reduce(
    (part, line) => part * (1 - line.depth * Math.exp(-(((at - line.at) / line.width) ** 2))),
    continuum(at),
  );
  return left + 20 * peak * Math.exp(-(((at - 1215.67) / 0.5) ** 2));
}

const lines = [
  { at: 1215.67, width: 6, depth: 0.98 },
  { at: 1260.42, width: 0.3, depth: 0.9 },
  { at: 1302.17, width: 0.3, depth: 0.9 },
  { at: 1334.53, width: 0.35, depth: 0.95 },
  { at: 1393.76, width: 1.2, depth: 0.5 },
  { at: 1402.77, width: 1.2, depth: 0.4 },
  { at: 1526.71, width: 0.3, depth: 0.8 },
  { at: 1548.2, width: 2, depth: 0.6 },
  { at: 1550.77, width: 2, depth: 0.5 },
  { at: 1670.79, width: 0.3, depth: 0.8 },
  { at: 2796.35, width: 0.5, depth: 0.8 },
  { at: 3933.66, width: 12, depth: 0.5 },
  { at: 4861.3, width: 25, depth: 0.6 },
] as const;
