import { writeFits, type FitsWriter } from '../../fits/fits-writer.ts';
import { imageHeader } from '../../fits/image-header.ts';
import { formatRows, type CardRow } from '../headers/card-rows.ts';
import { referenceHeader, type ReferenceIdentity } from './reference-header.ts';

/** One imset of a reference image. */
export interface ReferenceImset {
  readonly chip: number;
  readonly width: number;
  readonly height: number;
  /** LTV1 and LTV2. */
  readonly offsets: readonly [number, number];
  /** Line `y` of the image. */
  readonly line: (y: number) => Float32Array;
  /** The same error for all pixels, or one for each. */
  readonly error: number | ((values: Float32Array) => Float32Array);
  /** Data quality of a line of values; left out where all is well. */
  readonly quality?: (values: Float32Array) => Int16Array;
}

/** Writes a reference image line by line: imsets of SCI, ERR and DQ, or of SCI alone. Each line is made up to three times, none is held. */
export function writeReferenceImage(
  path: string,
  options: {
    readonly identity: Omit<ReferenceIdentity, 'extensions'>;
    readonly imsets: readonly ReferenceImset[];
    readonly scienceOnly?: boolean;
  },
): void {
  const { identity, imsets, scienceOnly = false } = options;
  const extensions = imsets.length * (scienceOnly ? 1 : 3);
  writeFits(path, (writer) => {
    writer.addHdu(referenceHeader({ ...identity, extensions }));
    imsets.forEach((imset, index) => {
      const version = index + 1;
      writeLines(writer, { imset, version, name: 'SCI', type: 'float32', make: (line) => line });
      if (scienceOnly) return;
      writeErrors(writer, { imset, version });
      writeQuality(writer, { imset, version });
    });
  });
}

interface Place {
  readonly imset: ReferenceImset;
  readonly version: number;
}

function writeErrors(writer: FitsWriter, { imset, version }: Place): void {
  const { error } = imset;
  if (typeof error === 'number')
    writeConstant(writer, { imset, version, name: 'ERR', value: error });
  else writeLines(writer, { imset, version, name: 'ERR', type: 'float32', make: error });
}

function writeQuality(writer: FitsWriter, { imset, version }: Place): void {
  const { quality } = imset;
  if (quality === undefined) writeConstant(writer, { imset, version, name: 'DQ', value: 0 });
  else writeLines(writer, { imset, version, name: 'DQ', type: 'int16', make: quality });
}

function writeLines(
  writer: FitsWriter,
  options: Place & {
    readonly name: string;
    readonly type: 'float32' | 'int16';
    readonly make: (line: Float32Array) => Float32Array | Int16Array;
  },
): void {
  const { imset, version, name, type, make } = options;
  const axes = [imset.width, imset.height];
  const cards = formatRows(placeRows(imset));
  const data = writer.addHdu(imageHeader({ type, axes, name, version, cards }));
  for (let y = 0; y < imset.height; y += 1) data.writePixels(make(imset.line(y)));
}

function writeConstant(
  writer: FitsWriter,
  options: Place & { readonly name: string; readonly value: number },
): void {
  const { imset, version, name, value } = options;
  const type = name === 'ERR' ? 'float32' : 'int16';
  const cards = formatRows([
    ['NPIX1', imset.width, 'length of constant array axis 1'],
    ['NPIX2', imset.height, 'length of constant array axis 2'],
    [
      'PIXVALUE',
      type === 'float32' ? { real: value } : value,
      'values of pixels in constant array',
    ],
    ...placeRows(imset),
  ]);
  writer.addHdu(imageHeader({ type, axes: [], name, version, cards }));
}

function placeRows({ chip, offsets }: ReferenceImset): readonly CardRow[] {
  return [
    ['CCDCHIP', chip, 'CCD chip (1 or 2)'],
    ['LTV1', { real: offsets[0] }, 'offset in X to subsection start'],
    ['LTV2', { real: offsets[1] }, 'offset in Y to subsection start'],
    ['LTM1_1', { real: 1 }, 'reciprocal of sampling rate in X'],
    ['LTM2_2', { real: 1 }, 'reciprocal of sampling rate in Y'],
  ];
}
