import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { z } from 'zod';
import { CaldpError } from '../../../src/errors/caldp-error.ts';
import { FitsError } from '../../../src/fits/fits-error.ts';
import { withLeadingHdus } from '../../../src/previews/image/with-leading-hdus.ts';
import type { Channels } from '../../../src/previews/image/channels.ts';
import { fitscutPictures } from '../../../src/previews/image/fitscut-pictures.ts';
import type { ImageChannel } from '../../../src/previews/image/image-channel.ts';
import { pixelMemory } from '../../../src/previews/image/pixel-memory.ts';
import { readFitscutChannel } from '../../../src/previews/image/read-fitscut-channel.ts';
import { needsData } from '../../helpers/needs.ts';

const outcome = z.union([
  z.object({
    width: z.number(),
    height: z.number(),
    channels: z.number(),
    sha256: z.string(),
  }),
  z.object({ exit: z.number() }),
]);
const sizes = z.object({ 128: outcome, '-1': outcome });
const recorded = z.object({
  images: z.record(z.string(), sizes),
  lab: z.record(z.string(), sizes),
  color: z.array(
    sizes.extend({
      channels: z.object({ red: z.string(), green: z.string().optional(), blue: z.string() }),
    }),
  ),
});
type Outcome = z.infer<typeof outcome>;

/** What we make, in the words of the record: what is thrown must be an error that users can read. */
function outcomeOf(read: () => Channels<ImageChannel>, size: number): Outcome {
  try {
    const maker = fitscutPictures(read());
    const { picture } = size > 0 ? maker.thumbnail(size) : maker.full();
    const { width, height, channels, bytes } = picture;
    return { width, height, channels, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (error instanceof CaldpError || error instanceof FitsError) return { exit: 1 };
    throw error;
  }
}

const expected = (made: Outcome): Outcome => ('exit' in made ? { exit: 1 } : made);
const read = (path: string): ImageChannel =>
  withLeadingHdus(path, (file) => readFitscutChannel(file, { memory: pixelMemory() }));
const grey = (path: string) => (): Channels<ImageChannel> => ({ kind: 'grey', grey: read(path) });

test('real and simulated images have the pixels that fitscut gave them, and what it refused is refused', (t) => {
  const hashes = needsData(t, 'previews', 'fitscut-hashes.json');
  if (hashes === undefined) return;
  const { images, lab } = recorded.parse(JSON.parse(readFileSync(hashes, 'utf8')));
  const folder = join(hashes, '..');
  const files = [
    ...Object.entries(images).map(([name, made]) => ({
      path: join(folder, 'edge', `${name}.gz`),
      made,
    })),
    ...Object.entries(lab).map(([name, made]) => ({
      path: join(folder, '..', 'lab', 'hst', name),
      made,
    })),
  ];
  for (const { path, made } of files) {
    t.true(existsSync(path), path);
    t.deepEqual(outcomeOf(grey(path), 128), expected(made[128]), `${path}, 128`);
    t.deepEqual(outcomeOf(grey(path), -1), expected(made['-1']), `${path}, full`);
  }
  t.true(files.length > 60);
});

test('colour composites have the pixels that fitscut gave them, and sizes that differ are refused', (t) => {
  const hashes = needsData(t, 'previews', 'fitscut-hashes.json');
  if (hashes === undefined) return;
  const { color } = recorded.parse(JSON.parse(readFileSync(hashes, 'utf8')));
  const readEdge = (name: string): ImageChannel => read(join(hashes, '..', 'edge', `${name}.gz`));
  for (const { channels, ...made } of color) {
    const { red, green, blue } = channels;
    const composite = (): Channels<ImageChannel> =>
      green === undefined
        ? { kind: 'two-colors', red: readEdge(red), blue: readEdge(blue) }
        : {
            kind: 'three-colors',
            red: readEdge(red),
            green: readEdge(green),
            blue: readEdge(blue),
          };
    t.deepEqual(outcomeOf(composite, 128), expected(made[128]), JSON.stringify(channels));
    t.deepEqual(outcomeOf(composite, -1), expected(made['-1']), JSON.stringify(channels));
  }
});
