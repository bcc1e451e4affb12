import { formatFixed, formatGeneral } from '../header/c-number.ts';

/** What the photometric mode is made of. */
export interface ObservingMode {
  readonly detector: 'WFC' | 'HRC' | 'SBC';
  readonly obsType: string;
  /** FILTER1 and FILTER2. */
  readonly filters: readonly string[];
  /** Central wavelength of a ramp filter, angstrom, single precision. */
  readonly rampWavelength: number;
  /** Start of the exposure, MJD. */
  readonly expStart: number;
}

const detectorNames = { WFC: 'WFC1', HRC: 'HRC', SBC: 'SBC' } as const;

/** PHOTMODE: the components in the light path, for example `ACS WFC1 F814W MJD#57700.0000`. */
export function photMode(mode: ObservingMode): string {
  const parts = ['ACS', detectorNames[mode.detector]];
  if (mode.obsType.startsWith('CORON')) parts.push('CORON');
  for (const filter of mode.filters) {
    if (filter.startsWith('N/A') || filter.startsWith('CLEAR')) continue;
    parts.push(filterName(filter, mode.rampWavelength));
  }
  parts.push(`MJD#${formatFixed(mode.expStart, 4)}`);
  return parts.join(' ');
}

function filterName(filter: string, rampWavelength: number): string {
  if (filter.startsWith('POL')) return filter.includes('UV') ? 'POL_UV' : 'POL_V';
  return filter.startsWith('FR') ? `${filter}#${formatGeneral(rampWavelength, 4)}` : filter;
}
