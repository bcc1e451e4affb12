import { join } from 'node:path';
import { writeFits, type FitsWriter } from '../../fits/fits-writer.ts';
import { formatCard } from '../../fits/format-card.ts';
import { imageHeader } from '../../fits/image-header.ts';
import type { CardRow } from '../headers/card-rows.ts';
import { imsetCards, type ImsetHeader } from '../headers/imset-cards.ts';
import type { Observation } from '../headers/observation.ts';
import { rawPrimary } from '../headers/raw-primary.ts';
import type { ChipModel } from '../references/chip-model.ts';
import { exposeCcd } from './expose-ccd.ts';
import { exposeSbc } from './expose-sbc.ts';
import type { Readout } from './readout.ts';

/** What one imset of a raw file is made from. */
export interface RawImset {
  readonly model: ChipModel;
  readonly readout: Readout;
  /** Electrons for each second on the illuminated part of the readout. */
  readonly scene: Float32Array;
}

/**
 * Writes the raw file of an exposure, laid out as those of the archive: SCI as integers, ERR and DQ without pixels. Holds the counts of one
 * chip.
 *
 * @returns the name of the file.
 */
export function writeRaw(
  folder: string,
  {
    observation,
    imsets,
  }: { readonly observation: Observation; readonly imsets: readonly RawImset[] },
): string {
  const name = `${observation.root}_raw.fits`;
  writeFits(join(folder, name), (writer) => {
    writer.addHdu(rawPrimary(observation, { imsets: imsets.length }));
    imsets.forEach((imset, index) => {
      writeImset(writer, { imset, observation, version: index + 1 });
    });
  });
  return name;
}

function writeImset(
  writer: FitsWriter,
  options: {
    readonly imset: RawImset;
    readonly observation: Observation;
    readonly version: number;
  },
): void {
  const { imset, observation, version } = options;
  const { model, readout, scene } = imset;
  const { root, detector } = observation;
  const header: ImsetHeader = { root, readout, scale: detector.scale };
  const { width, height } = readout.window;
  const common = { axes: [width, height], name: 'SCI', version };
  if (detector.name === 'SBC') {
    const { counts, rate } = exposeSbc(model, { exposure: observation, scene });
    const cards = imsetCards('SCI', { ...header, extra: rateRows(rate) });
    writer.addHdu(imageHeader({ ...common, type: 'int16', cards })).writePixels(counts);
  } else {
    const cards = imsetCards('SCI', header);
    const counts = exposeCcd(model, { exposure: observation, readout, scene });
    writer.addHdu(imageHeader({ ...common, type: 'uint16', cards })).writePixels(counts);
  }
  for (const name of ['ERR', 'DQ'] as const) {
    const cards = [...constantCards(width, height), ...imsetCards(name, header)];
    writer.addHdu(imageHeader({ type: 'int16', axes: [], name, version, cards }));
  }
}

function rateRows(rate: number): readonly CardRow[] {
  return [
    ['GLOBRATE', { real: rate }, 'global count rate'],
    ['GLOBLIM', 'UNDETERMINED', 'was global linearity level exceeded?'],
  ];
}

function constantCards(width: number, height: number): readonly string[] {
  return [
    ...formatCard('NPIX1', { value: width, comment: 'length of constant array axis 1' }),
    ...formatCard('NPIX2', { value: height, comment: 'length of constant array axis 2' }),
    ...formatCard('PIXVALUE', { value: 0, comment: 'values of pixels in constant array' }),
  ];
}
