import type { Detector } from '../detectors/detector.ts';
import type { ChipModel } from './chip-model.ts';
import { writeReferenceImage, type ReferenceImset } from './write-reference-image.ts';
import { referenceName, type ReferenceKeyword } from './reference-names.ts';
import { sinkImage } from './sink-pixels.ts';

/** Data quality bit of a pixel with high dark current, and the current from which on it is set. */
const hot = { flag: 16, from: 0.08 };

/** What the SCI of a reference image shows, and how the file is called. */
interface ImageKind {
  readonly type: string;
  readonly scienceOnly?: boolean;
  imset(model: ChipModel): ReferenceImset;
}

/** The reference images, by keyword. */
const kinds: Readonly<Partial<Record<ReferenceKeyword, ImageKind>>> = {
  BIASFILE: {
    type: 'BIAS',
    imset: (model) => ({ ...frameOf(model), line: model.biasLine, error: 0.12 }),
  },
  SATUFILE: {
    type: 'FULL WELL SATURATION',
    imset: (model) => ({ ...frameOf(model), line: model.fullWellLine, error: 0 }),
  },
  SNKCFILE: {
    type: 'SINK PIXELS',
    scienceOnly: true,
    imset: (model) => {
      const image = sinkImage(model.sinks, model);
      const frame = frameOf(model);
      const line = (y: number): Float32Array =>
        image.subarray(y * frame.width, (y + 1) * frame.width);
      return { ...frame, line, error: 0 };
    },
  },
  DARKFILE: {
    type: 'DARK',
    imset: (model) => ({
      ...lightOf(model),
      line: model.darkLine,
      error: (dark) => dark.map((value) => 0.0002 + 0.01 * value),
      quality: hotPixels,
    }),
  },
  PFLTFILE: {
    type: 'PIXEL-TO-PIXEL FLAT',
    imset: (model) => ({ ...lightOf(model), line: model.flatLine, error: 0.002 }),
  },
};

/** Writes one reference image of a detector; answers false where the keyword names a table. */
export function writeImageOf(
  path: string,
  options: {
    readonly keyword: ReferenceKeyword;
    readonly detector: Detector;
    readonly models: readonly ChipModel[];
  },
): boolean {
  const { keyword, detector, models } = options;
  const kind = kinds[keyword];
  if (kind === undefined) return false;
  const { type, scienceOnly = false } = kind;
  writeReferenceImage(path, {
    identity: { file: referenceName(keyword, detector), type, detector: detector.name },
    imsets: models.map((model) => kind.imset(model)),
    scienceOnly,
  });
  return true;
}

type Place = Pick<ReferenceImset, 'chip' | 'width' | 'height' | 'offsets'>;

function frameOf({ chip }: ChipModel): Place {
  return { chip: chip.number, ...chip.frame, offsets: [chip.light.x, chip.light.y] };
}

function lightOf({ chip: { number, light } }: ChipModel): Place {
  return { chip: number, width: light.width, height: light.height, offsets: [0, 0] };
}

function hotPixels(dark: Float32Array): Int16Array {
  const flags = new Int16Array(dark.length);
  for (let x = 0; x < dark.length; x += 1) {
    if ((dark[x] ?? 0) > hot.from) flags[x] = hot.flag;
  }
  return flags;
}
