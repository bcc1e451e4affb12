import { randomInt } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import fc from 'fast-check';
import { CaldpError } from '../../../src/errors/caldp-error.ts';
import { FitsError } from '../../../src/fits/fits-error.ts';
import { mapChannels, type Channels } from '../../../src/previews/image/channels.ts';
import { fitscutPictures } from '../../../src/previews/image/fitscut-pictures.ts';
import { pixelMemory } from '../../../src/previews/image/pixel-memory.ts';
import { readFitscutChannel } from '../../../src/previews/image/read-fitscut-channel.ts';
import { withLeadingHdus } from '../../../src/previews/image/with-leading-hdus.ts';
import { fileOfImage, storedImage, type StoredImage } from '../../helpers/arbitrary-image.ts';
import { digest, runFitscut, type PictureDigest } from '../../helpers/fitscut.ts';
import { needsProgram } from '../../helpers/needs.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const seed = Number(process.env['CALDP_TEST_SEED'] ?? randomInt(2 ** 31));
const numRuns = Number(process.env['CALDP_TEST_IMAGES'] ?? 12);

/** Used for all images, as in a thread: what is left of one must not be in the next. */
const memory = pixelMemory();

/** What we draw: errors that users can read mean a refusal. */
function ours(paths: Channels<string>, size: number): PictureDigest {
  try {
    const channels = mapChannels(paths, (path) =>
      withLeadingHdus(path, (file) => readFitscutChannel(file, { memory })),
    );
    const maker = fitscutPictures(channels);
    return digest((size > 0 ? maker.thumbnail(size) : maker.full()).picture);
  } catch (error) {
    if (error instanceof CaldpError || error instanceof FitsError) return { refused: true };
    throw error;
  } finally {
    memory.takeBack();
  }
}

async function assertSame(
  t: ExecutionContext,
  paths: Channels<string>,
  options: { readonly program: string; readonly what: string },
): Promise<boolean> {
  let refused = false;
  for (const size of [128, -1]) {
    const theirs = await runFitscut(paths, { program: options.program, size });
    t.deepEqual(ours(paths, size), theirs, `${options.what}, ${size}, seed ${seed}`);
    refused ||= 'refused' in theirs;
  }
  return refused;
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'number' && !Number.isFinite(one) ? String(one) : one,
  );

interface Counts {
  cases: number;
  refused: number;
}

function say(t: ExecutionContext, counts: Counts): void {
  t.log(
    `${counts.cases} cases, ${counts.refused} of them refused, seed ${seed} (CALDP_TEST_IMAGES, CALDP_TEST_SEED)`,
  );
}

test('any image has the pixels that fitscut gives it, and what it refuses is refused', async (t) => {
  const program = needsProgram(t, 'fitscut');
  if (program === undefined) return;
  t.timeout(600_000);
  const path = join(await temporaryFolder(t), 'x.fits');
  const counts = { cases: 0, refused: 0 };
  const property = fc.asyncProperty(storedImage, async (image) => {
    await writeFile(path, fileOfImage(image));
    const refused = await assertSame(
      t,
      { kind: 'grey', grey: path },
      { program, what: text(image) },
    );
    counts.cases++;
    if (refused) counts.refused++;
  });
  await fc.assert(property, { seed, numRuns, endOnFailure: true });
  say(t, counts);
});

const packings = [
  ...[
    '-r',
    '-g',
    '-g2',
    '-p',
    '-h',
    '-h -s 4',
    '-h -s 2.5 -q 8',
    '-q 4',
    '-q 0',
    '-g -q 16',
    '-g -q 0',
  ],
  ...[
    '-t 100,100',
    '-h -t 60,30',
    '-r -t 17,5',
    '-qz 4',
    '-qz 8 -g',
    '-q -0.5',
    '-n3ratio 2 -r',
    '-w',
  ],
];

/** In tiles, cfitsio takes the lower bits of a BLANK that no pixel can have for one; the standard knows no such BLANK. */
function hasPossibleBlank({ bitpix, cards }: StoredImage): boolean {
  const blank = cards['BLANK'];
  if (typeof blank !== 'number' || bitpix < 0) return true;
  return bitpix === 8 ? blank >= 0 && blank <= 255 : bitpix > 16 || Math.abs(blank) <= 32_768;
}

test('any image that fpack compressed has the pixels that fitscut gives it', async (t) => {
  const program = needsProgram(t, 'fitscut');
  const fpack = program === undefined ? undefined : needsProgram(t, 'fpack');
  if (program === undefined || fpack === undefined) return;
  t.timeout(600_000);
  const folder = await temporaryFolder(t);
  const [plain, packed] = [join(folder, 'x.fits'), join(folder, 'x.fits.fz')];
  const counts = { cases: 0, refused: 0 };
  const pack = async (image: StoredImage, how: string): Promise<boolean> => {
    await rm(packed, { force: true });
    await writeFile(plain, fileOfImage(image));
    const made = await execa(fpack, [...how.split(' '), '-Y', plain], {
      reject: false,
      timeout: 5000,
    });
    return !made.failed;
  };
  const property = fc.asyncProperty(
    storedImage,
    fc.constantFrom(...packings),
    async (image, how) => {
      fc.pre(hasPossibleBlank(image) && (await pack(image, how)));
      const what = `fpack ${how}, ${text(image)}`;
      const refused = await assertSame(t, { kind: 'grey', grey: packed }, { program, what });
      counts.cases++;
      if (refused) counts.refused++;
    },
  );
  await fc.assert(property, { seed, numRuns, endOnFailure: true });
  say(t, counts);
});

test('any two or three images have the colours that fitscut gives them', async (t) => {
  const program = needsProgram(t, 'fitscut');
  if (program === undefined) return;
  t.timeout(600_000);
  const folder = await temporaryFolder(t);
  const counts = { cases: 0, refused: 0 };
  const images = fc
    .tuple(fc.array(storedImage, { minLength: 2, maxLength: 3 }), fc.boolean())
    .map(([some, sameSize]) =>
      some.map((one) => (sameSize ? { ...one, axes: some[0]?.axes ?? [] } : one)),
    );
  const property = fc.asyncProperty(images, async (some) => {
    const names = some.map((_, index) => join(folder, `${index}.fits`));
    await Promise.all(
      some.map((image, index) => writeFile(names[index] ?? '', fileOfImage(image))),
    );
    const [red = '', blue = '', green] = names;
    const paths: Channels<string> =
      green === undefined
        ? { kind: 'two-colors', red, blue }
        : { kind: 'three-colors', red, green, blue };
    if (await assertSame(t, paths, { program, what: text(some) })) counts.refused++;
    counts.cases++;
  });
  await fc.assert(property, { seed, numRuns, endOnFailure: true });
  say(t, counts);
});
