import { formatCommentary } from '../../fits/format-card.ts';
import type { Header } from '../../fits/header.ts';
import { primaryHeader } from '../../fits/image-header.ts';
import { references, switches } from './calibration-keywords.ts';
import { formatRows, type CardRow } from './card-rows.ts';
import { dateOf } from './date-of.ts';
import type { Observation } from './observation.ts';

/** The primary header of a raw file with `imsets` imsets. */
export function rawPrimary(
  observation: Observation,
  { imsets }: { readonly imsets: number },
): Header {
  const rows = [
    ...identityRows(observation, imsets),
    ...exposureRows(observation),
    ...configurationRows(observation),
    ...calibrationRows(observation),
    ...rejectionRows,
    ...(observation.detector.name === 'SBC' ? [] : ccdRows(observation)),
    ...associationRows(observation),
  ];
  const { keywords } = observation;
  const known = new Set(rows.map(([keyword]) => keyword));
  const changed = rows.map((row): CardRow => {
    const value = keywords[row[0]];
    return row.length === 1 || value === undefined ? row : [row[0], value, row[2] ?? ''];
  });
  const added = Object.entries(keywords).filter(([keyword]) => !known.has(keyword));
  return primaryHeader({
    type: 'int16',
    cards: [
      ...formatRows([...changed, ...added]),
      ...formatCommentary('HISTORY', { text: 'SIMULATED by caldp: no telescope ever saw this.' }),
    ],
  });
}

function identityRows({ root }: Observation, imsets: number): readonly CardRow[] {
  return [
    ['NEXTEND', 3 * imsets, 'Number of standard extensions'],
    ['FILENAME', `${root}_raw.fits`, 'name of file'],
    ['FILETYPE', 'SCI', 'type of data found in data file'],
    ['TELESCOP', 'HST', 'telescope used to acquire data'],
    ['INSTRUME', 'ACS', 'identifier for instrument used to acquire data'],
    ['EQUINOX', { real: 2000 }, 'equinox of celestial coord. system'],
    ['DATA DESCRIPTION KEYWORDS'],
    ['ROOTNAME', root, 'rootname of the observation set'],
    ['IMAGETYP', 'EXT', 'type of exposure identifier'],
    ['PRIMESI', 'ACS', 'instrument designated as prime'],
    ['TARGET INFORMATION'],
    ['TARGNAME', 'SIMULATED', "proposer's target name"],
    ['RA_TARG', { real: 6.0222 }, 'right ascension of the target (deg) (J2000)'],
    ['DEC_TARG', { real: -72.0814 }, 'declination of the target (deg) (J2000)'],
    ['PROPOSAL INFORMATION'],
    ['PROPOSID', 99_999, 'PEP proposal identifier'],
  ];
}

function exposureRows({ start, exposureTime }: Observation): readonly CardRow[] {
  const [date, time] = dateOf(start);
  return [
    ['EXPOSURE INFORMATION'],
    ['DATE-OBS', date, 'UT date of start of observation (yyyy-mm-dd)'],
    ['TIME-OBS', time, 'UT time of start of observation (hh:mm:ss)'],
    ['EXPSTART', { real: start }, 'exposure start time (Modified Julian Date)'],
    ['EXPEND', { real: start + exposureTime / 86_400 }, 'exposure end time (Modified Julian Date)'],
    ['EXPTIME', { real: exposureTime }, 'exposure duration (seconds)--calculated'],
    ['EXPFLAG', 'NORMAL', 'Exposure interruption indicator'],
    ['DIAGNOSTIC KEYWORDS'],
    ['CAL_VER', '', 'CALACS code version'],
  ];
}

function configurationRows(observation: Observation): readonly CardRow[] {
  const { detector, filters, aperture, subarray } = observation;
  const offsets = ['FW1OFFST', 'FW2OFFST', 'FWSOFFST'];
  return [
    ['SCIENCE INSTRUMENT CONFIGURATION'],
    ['OBSTYPE', 'IMAGING', 'observation type - imaging or spectroscopic'],
    ['OBSMODE', 'ACCUM', 'operating mode'],
    ['CTEIMAGE', 'NONE', 'type of Charge Transfer Image, if applicable'],
    ['SCLAMP', 'NONE', 'lamp status, NONE or name of lamp which is on'],
    ['NRPTEXP', 1, 'number of repeat exposures in set: default 1'],
    ['SUBARRAY', subarray, 'data from a subarray (T) or full frame (F)'],
    ['DETECTOR', detector.name, 'detector in use: WFC, HRC, or SBC'],
    ['FILTER1', filters[0], 'element selected from filter wheel 1'],
    ['FILTER2', filters[1], 'element selected from filter wheel 2'],
    ...offsets.map((name): CardRow => [name, 0, 'computed filter wheel offset']),
    ['LRFWAVE', { real: 0 }, 'proposed linear ramp filter wavelength'],
    ['APERTURE', aperture, 'aperture name'],
    ['PROPAPER', aperture, 'proposed aperture name'],
    ['CRSPLIT', 1, 'number of cosmic ray split exposures'],
  ];
}

function calibrationRows(observation: Observation): readonly CardRow[] {
  const performed = new Set(observation.switches);
  return [
    ['CALIBRATION SWITCHES: PERFORM, OMIT, COMPLETE'],
    ['STATFLAG', false, 'Calculate statistics?'],
    ['WRTERR', true, 'write out error array extension'],
    ...switches.map(([name, text]): CardRow => [
      name,
      performed.has(name) ? 'PERFORM' : 'OMIT',
      text,
    ]),
    ['CALIBRATION REFERENCE FILES'],
    ...references.map(([name, text]): CardRow => {
      const file = observation.references[name];
      return [name, file === undefined ? 'N/A' : `jref$${file}`, text];
    }),
  ];
}

const rejectionRows: readonly CardRow[] = [
  ['COSMIC RAY REJECTION ALGORITHM PARAMETERS'],
  ['MEANEXP', { real: 0 }, 'reference exposure time for parameters'],
  ['SCALENSE', { real: 0 }, 'multiplicative scale factor applied to noise'],
  ['INITGUES', '', 'initial guess method (MIN or MED)'],
  ['SKYSUB', '', 'sky value subtracted (MODE or NONE)'],
  ['SKYSUM', { real: 0 }, 'sky level from the sum of all constituent image'],
  ['CRSIGMAS', '', 'statistical rejection criteria'],
  ['CRRADIUS', { real: 0 }, 'rejection propagation radius (pixels)'],
  ['CRTHRESH', { real: 0 }, 'rejection propagation threshold'],
  ['BADINPDQ', 0, 'data quality flag bits to reject'],
  ['REJ_RATE', { real: 0 }, 'rate at which pixels are affected by cosmic ray'],
  ['CRMASK', false, 'flag CR-rejected pixels in input files (T/F)'],
];

function ccdRows(observation: Observation): readonly CardRow[] {
  const { ccdamp, exposureTime } = observation;
  const forEach = (name: string, value: CardRow[1], text: string): readonly CardRow[] =>
    ['A', 'B', 'C', 'D'].map((amp) => [`${name}${amp}`, value ?? 0, `${text} ${amp}`]);
  return [
    ['POST FLASH  PARAMETERS'],
    ['FLASHDUR', { real: 0 }, 'Exposure time in seconds: 0.1 to 409.5'],
    ['FLASHCUR', 'OFF', 'Post flash current: OFF, LOW, MED, HIGH'],
    ['FLASHSTA', 'NOT PERFORMED', 'Status: SUCCESSFUL, ABORTED, NOT PERFORMED'],
    ['ENGINEERING PARAMETERS'],
    ['CCDAMP', ccdamp, 'CCD Amplifier Readout Configuration'],
    ['CCDGAIN', { real: 2 }, 'commanded gain of CCD'],
    ...forEach('CCDOFST', 3, 'commanded CCD bias offset for amplifier'),
    ['DARKTIME', { real: exposureTime }, 'dark time (seconds)'],
    ['CALIBRATED ENGINEERING PARAMETERS'],
    ...forEach('ATODGN', { real: 0 }, 'calibrated gain for amplifier'),
    ...forEach('READNSE', { real: 0 }, 'calibrated read noise for amplifier'),
    ...forEach('BIASLEV', { real: 0 }, 'bias level for amplifier'),
  ];
}

function associationRows({ association }: Observation): readonly CardRow[] {
  const table = association === undefined ? 'NONE' : `${association.id}_asn.fits`;
  return [
    ['ASSOCIATION KEYWORDS'],
    [
      'ASN_ID',
      association?.id.toUpperCase() ?? 'NONE',
      'unique identifier assigned to association',
    ],
    ['ASN_TAB', table, 'name of the association table'],
    ['ASN_MTYP', association?.memberType ?? '', 'Role of the Member in the Association'],
  ];
}
