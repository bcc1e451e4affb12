import { offsetsOf, type Readout } from '../exposures/readout.ts';
import { formatRows, type CardRow } from './card-rows.ts';

/** What the headers of an imset need. */
export interface ImsetHeader {
  readonly root: string;
  readonly readout: Readout;
  /** Degrees of the sky a pixel sees. */
  readonly scale: number;
  /** Keywords of the SCI extension beside the usual ones. */
  readonly extra?: readonly CardRow[];
}

/** Where the middle of the field looks, degrees. */
const pointing = { rightAscension: 6.0222, declination: -72.0814 };
/** Cosine and sine of the angle between columns and north. */
const orientation = { cosine: 0.96, sine: 0.28 };

/** Cards of the SCI, ERR or DQ extension of a raw imset, after those of its data. */
export function imsetCards(
  kind: 'SCI' | 'ERR' | 'DQ',
  { root, readout, scale, extra = [] }: ImsetHeader,
): readonly string[] {
  const rows: CardRow[] = [
    ['ROOTNAME', root, 'rootname of the observation set'],
    ['EXPNAME', root, 'exposure identifier'],
    ['BUNIT', kind === 'DQ' ? 'UNITLESS' : 'COUNTS', 'brightness units'],
    ['CCDCHIP', readout.chip.number, 'CCD chip (1 or 2)'],
    ...coordinateRows(readout, scale),
  ];
  if (kind === 'SCI') rows.push(...readoutRows(readout), ...photometryRows, ...extra);
  if (kind !== 'DQ') rows.push(...statisticsRows);
  if (kind === 'SCI') rows.push(...scienceRows);
  return formatRows(rows);
}

function coordinateRows(readout: Readout, scale: number): readonly CardRow[] {
  const [x, y] = offsetsOf(readout);
  const { light } = readout.chip;
  const { cosine, sine } = orientation;
  // The gap between the chips of the WFC is 50 lines; the field is centred on it.
  const middle = readout.chip.number === 2 ? light.height + 25 : light.height / 2;
  const centre = light.height === light.width || readout.chip.number === 2 ? middle : -25;
  return [
    ['World Coordinate System and Related Parameters'],
    ['WCSAXES', 2, 'number of World Coordinate System axes'],
    ['CRPIX1', { real: light.width / 2 + x }, 'x-coordinate of reference pixel'],
    ['CRPIX2', { real: centre + y }, 'y-coordinate of reference pixel'],
    ['CRVAL1', { real: pointing.rightAscension }, 'first axis value at reference pixel'],
    ['CRVAL2', { real: pointing.declination }, 'second axis value at reference pixel'],
    ['CTYPE1', 'RA---TAN', 'the coordinate type for the first axis'],
    ['CTYPE2', 'DEC--TAN', 'the coordinate type for the second axis'],
    ['CD1_1', { real: -scale * cosine }, 'partial of first axis coordinate w.r.t. x'],
    ['CD1_2', { real: scale * sine }, 'partial of first axis coordinate w.r.t. y'],
    ['CD2_1', { real: scale * sine }, 'partial of second axis coordinate w.r.t. x'],
    ['CD2_2', { real: scale * cosine }, 'partial of second axis coordinate w.r.t. y'],
    ['LTV1', { real: x }, 'offset in X to subsection start'],
    ['LTV2', { real: y }, 'offset in Y to subsection start'],
    ['RAW_LTV1', { real: x }, 'original offset in X to subsection start'],
    ['RAW_LTV2', { real: y }, 'original offset in Y to subsection start'],
    ['LTM1_1', { real: 1 }, 'reciprocal of sampling rate in X'],
    ['LTM2_2', { real: 1 }, 'reciprocal of sampling rate in Y'],
  ];
}

function readoutRows({ window }: Readout): readonly CardRow[] {
  return [
    ['READOUT DEFINITION PARAMETERS'],
    ['SIZAXIS1', window.width, 'subarray axis1 size in unbinned detector pixels'],
    ['SIZAXIS2', window.height, 'subarray axis2 size in unbinned detector pixels'],
    ['BINAXIS1', 1, 'axis1 data bin size in unbinned detector pixels'],
    ['BINAXIS2', 1, 'axis2 data bin size in unbinned detector pixels'],
  ];
}

const photometryRows: readonly CardRow[] = [
  ['PHOTOMETRY KEYWORDS'],
  ['PHOTMODE', '', 'observation configuration'],
  ['PHOTFLAM', { real: 0 }, 'inverse sensitivity, ergs/cm2/Ang/electron'],
  ['PHOTZPT', { real: 0 }, 'ST magnitude zero point'],
  ['PHOTPLAM', { real: 0 }, 'Pivot wavelength (Angstroms)'],
  ['PHOTBW', { real: 0 }, 'RMS bandwidth of filter plus detector'],
  ['NCOMBINE', 1, 'number of image sets combined during CR rejection'],
];

const statisticsRows: readonly CardRow[] = [
  ['IMAGE STATISTICS AND DATA QUALITY FLAGS'],
  ['NGOODPIX', 0, 'number of good pixels'],
  ['SDQFLAGS', 31_743, 'serious data quality flags'],
  ['GOODMIN', { real: 0 }, 'minimum value of good pixels'],
  ['GOODMAX', { real: 0 }, 'maximum value of good pixels'],
  ['GOODMEAN', { real: 0 }, 'mean value of good pixels'],
];

const scienceRows: readonly CardRow[] = [
  ['SNRMIN', { real: 0 }, 'minimum signal to noise of good pixels'],
  ['SNRMAX', { real: 0 }, 'maximum signal to noise of good pixels'],
  ['SNRMEAN', { real: 0 }, 'mean value of signal to noise of good pixels'],
  ['MEANDARK', { real: 0 }, 'average of the dark values subtracted'],
  ['MEANBLEV', { real: 0 }, 'average of all bias levels subtracted'],
  ['MEANFLSH', { real: 0 }, 'Mean number of counts in post flash exposure'],
];
