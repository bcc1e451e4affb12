import { join } from 'node:path';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { formatCard, formatCommentary, type WritableValue } from '../../src/fits/format-card.ts';
import { imageHeader, primaryHeader } from '../../src/fits/image-header.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

/** An instrument set-up to simulate. */
export interface SimulatedSetup {
  readonly instrument: 'ACS' | 'WFC3' | 'STIS';
  readonly detector: string;
  /** Keywords of the primary header beside, or in place of, those that every exposure has. */
  readonly keywords: Readonly<Record<string, WritableValue>>;
}

/** One file of simulated images. */
export interface SimulatedImages {
  /** Root name: `j8zz01a1q`. */
  readonly root: string;
  readonly setup: SimulatedSetup;
  /** Default `raw`. */
  readonly suffix?: string;
  /** The association it is of, if any. */
  readonly association?: string;
  /** Imsets (SCI, ERR, DQ), each with noise and cosmic rays of its own. Default 1. */
  readonly imsets?: number;
  /** NAXIS1 and NAXIS2. Default 64, 48. */
  readonly size?: readonly [number, number];
  /** The same seed gives the same bytes. Default: from the root name. */
  readonly seed?: number;
}

/** Set-ups with all calibration switched off, so that no reference files are asked for. */
export const simulatedSetups = {
  hrc: {
    instrument: 'ACS',
    detector: 'HRC',
    keywords: { FILTER1: 'F555W', FILTER2: 'CLEAR2S', CCDAMP: 'C', CCDGAIN: 2, CRSPLIT: 2 },
  },
  uvis: {
    instrument: 'WFC3',
    detector: 'UVIS',
    keywords: { FILTER: 'F606W', CCDAMP: 'ABCD', CCDGAIN: 1.5, CRSPLIT: 1 },
  },
  ccd: {
    instrument: 'STIS',
    detector: 'CCD',
    keywords: { OPT_ELEM: 'G750L', CCDAMP: 'D', CCDGAIN: 1, CRSPLIT: 2 },
  },
} as const satisfies Readonly<Record<string, SimulatedSetup>>;

/**
 * Writes a file of simulated raw images, `<root>_<suffix>.fits`, that is laid out as those of the archive: unsigned 16-bit SCI,
 * ERR and DQ without pixels. What it shows are a bias level, stars, cosmic rays and noise.
 *
 * @returns the name of the file.
 */
export function writeSimulatedImages(folder: string, images: SimulatedImages): string {
  const { root, suffix = 'raw', imsets = 1, size = [64, 48] } = images;
  const name = `${root}_${suffix}.fits`;
  const random = seededRandom(images.seed ?? seedOf(root));
  writeFits(join(folder, name), (writer) => {
    writer.addHdu(primaryHeader({ cards: primaryCards(name, images) }));
    for (let version = 1; version <= imsets; version += 1) {
      const cards = [...card('EXPNAME', root), ...card('ROOTNAME', root)];
      writer
        .addHdu(imageHeader({ type: 'uint16', axes: size, name: 'SCI', version, cards }))
        .writePixels(scene(size, random));
      for (const extension of ['ERR', 'DQ']) {
        const absent = [
          ...card('NPIX1', size[0]),
          ...card('NPIX2', size[1]),
          ...card('PIXVALUE', 0),
        ];
        writer.addHdu(
          imageHeader({ type: 'int16', axes: [], name: extension, version, cards: absent }),
        );
      }
    }
  });
  return name;
}

function primaryCards(name: string, images: SimulatedImages): readonly string[] {
  const { root, setup, association, imsets = 1 } = images;
  const values: Readonly<Record<string, WritableValue>> = {
    NEXTEND: 3 * imsets,
    FILENAME: name,
    FILETYPE: 'SCI',
    TELESCOP: 'HST',
    INSTRUME: setup.instrument,
    ROOTNAME: root,
    IMAGETYP: 'EXT',
    TARGNAME: 'SIMULATED',
    PROPOSID: 0,
    'DATE-OBS': '2010-01-01',
    'TIME-OBS': '00:00:00',
    EXPSTART: 55197.0,
    EXPEND: 55197.001,
    EXPTIME: { real: 60 },
    OBSTYPE: 'IMAGING',
    OBSMODE: 'ACCUM',
    SUBARRAY: true,
    DETECTOR: setup.detector,
    DQICORR: 'OMIT',
    BLEVCORR: 'OMIT',
    BIASCORR: 'OMIT',
    DARKCORR: 'OMIT',
    FLATCORR: 'OMIT',
    CRCORR: 'OMIT',
    ...setup.keywords,
    ASN_ID: association ?? 'NONE',
    ASN_TAB: association === undefined ? 'NONE' : `${association}_asn.fits`,
  };
  return [
    ...Object.entries(values).flatMap(([keyword, value]) => card(keyword, value)),
    ...formatCommentary('COMMENT', { text: 'Simulated: no telescope ever saw this.' }),
  ];
}

function card(keyword: string, value: WritableValue): readonly string[] {
  return formatCard(keyword, { value });
}

/** Counts of a small detector: bias 2000, noise 5, ten stars at the same places in every exposure, five cosmic rays. */
function scene([width, height]: readonly [number, number], random: SeededRandom): Uint16Array {
  const pixels = Float64Array.from({ length: width * height }, () => 2000 + 5 * random.normal());
  const sky = seededRandom(0);
  for (let star = 0; star < 10; star += 1) {
    addStar(pixels, { width, x: sky.uniform() * width, y: sky.uniform() * height, flux: 900 });
  }
  for (let ray = 0; ray < 5; ray += 1) {
    pixels[Math.floor(random.uniform() * pixels.length)] = 30_000;
  }
  return Uint16Array.from(pixels, (value) => Math.max(0, Math.min(65_535, Math.round(value))));
}

function addStar(
  pixels: Float64Array,
  star: { readonly width: number; readonly x: number; readonly y: number; readonly flux: number },
): void {
  const { width, x, y, flux } = star;
  for (const [index, value] of pixels.entries()) {
    const distance = (index % width) - x;
    const height = Math.floor(index / width) - y;
    pixels[index] = value + flux * Math.exp(-(distance ** 2 + height ** 2) / 2);
  }
}

function seedOf(text: string): number {
  return Buffer.from(text).reduce((seed, byte) => (seed * 31 + byte) % 1_000_003, 7);
}
