import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { create } from 'tar';
import { simulatedDatasets, simulateMosaic } from '../simulated/simulated-data.ts';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { BroughtInputs } from '../../src/inputs/dataset-inputs.ts';
import { fileInputs } from '../../src/inputs/file-inputs.ts';
import { handMadeTarball } from '../helpers/hand-made-tar.ts';
import { needsData } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const { signal } = new AbortController();

interface Folders {
  /** Where the files lie that are packed. */
  readonly loose: string;
  readonly source: string;
  readonly work: string;
}

async function folders(t: ExecutionContext): Promise<Folders> {
  const [loose, source, work] = [
    await temporaryFolder(t),
    await temporaryFolder(t),
    await temporaryFolder(t),
  ];
  return { loose, source, work };
}

function bring(id: string, { source, work }: Folders): Promise<BroughtInputs> {
  return fileInputs(source, { fileSystem: fs }).bring(parseDatasetName(id), {
    folder: work,
    signal,
  });
}

/** Packs all that lies loose; with `inside` below a folder of that name. */
async function pack({ loose, source }: Folders, name: string, inside?: string): Promise<string> {
  const file = join(source, name);
  const prefix = inside === undefined ? {} : { prefix: inside };
  await create({ file, gzip: true, cwd: loose, ...prefix }, await fs.readdir(loose));
  return file;
}

const refused = test.macro(
  async (
    t,
    make: (all: Folders) => Promise<unknown>,
    expected: { readonly code: string; readonly exit: number; readonly says: RegExp },
  ) => {
    const all = await folders(t);
    await make(all);
    const error = await t.throwsAsync(bring('j8zz01010', all), {
      instanceOf: CaldpError,
      message: expected.says,
    });
    t.is(error.code, expected.code);
    t.is(error.exitCode, expected.exit);
  },
);

test(
  'neither files nor a tarball: the error says which files are expected',
  refused,
  async () => {},
  {
    code: 'INPUT_NOT_FOUND',
    exit: 1,
    says: /`j8zz01010_asn\.fits` is missing/,
  },
);

test(
  'a tarball that lacks a member is named with the member',
  refused,
  async (all) => {
    simulatedDatasets.crSplit(all.loose);
    await fs.rm(join(all.loose, 'j8zz01a2q_raw.fits'));
    await pack(all, 'j8zz01010.tar.gz');
  },
  { code: 'MEMBER_MISSING', exit: 21, says: /`.*j8zz01010\.tar\.gz`: `j8zz01a2q`/ },
);

test(
  'a tarball of another dataset is refused',
  refused,
  async (all) => {
    simulatedDatasets.exposure(all.loose);
    await pack(all, 'j8zz01010.tar.gz');
  },
  { code: 'INPUT_NOT_FOUND', exit: 21, says: /`j8zz01010_asn\.fits` is missing in `.*\.tar\.gz`/ },
);

test(
  'a tarball with a raw file that was cut off before it was packed is refused',
  refused,
  async (all) => {
    simulatedDatasets.crSplit(all.loose);
    await fs.truncate(join(all.loose, 'j8zz01a2q_raw.fits'), 10_000);
    await pack(all, 'j8zz01010.tar.gz');
  },
  { code: 'FITS_INVALID', exit: 21, says: /j8zz01010\.tar\.gz:j8zz01a2q_raw\.fits/ },
);

test(
  'a tarball with a path that leads out is refused',
  refused,
  ({ source }) =>
    fs.writeFile(join(source, 'j8zz01010.tar.gz'), handMadeTarball([{ path: '../x' }])),
  { code: 'TARBALL_INVALID', exit: 21, says: /leads out/ },
);

test(
  'several tarballs of which none has the plain name are refused',
  refused,
  async (all) => {
    simulatedDatasets.crSplit(all.loose);
    await pack(all, 'j8zz01010_old.tar.gz');
    await pack(all, 'j8zz01010_new.tar.gz');
  },
  { code: 'INPUT_AMBIGUOUS', exit: 21, says: /`j8zz01010_new\.tar\.gz`, `j8zz01010_old\.tar\.gz`/ },
);

for (const [name, inside] of [
  ['j8zz01010.tar.gz', undefined],
  ['j8zz01010.tar.gz', 'j8zz01010'],
  ['j8zz01010_inputs.tar.gz', undefined],
] as const) {
  test(`a dataset is brought out of ${name} with ${inside ?? 'no folder'} in it`, async (t) => {
    const all = await folders(t);
    const { id, files } = simulatedDatasets.crSplit(all.loose);
    simulatedDatasets.repeats(all.loose);
    await fs.writeFile(join(all.loose, 'j8zz01b7q_raw.fits'), 'of another observation');
    const packed = await fs.readFile(await pack(all, name, inside));
    const brought = await bring(id, all);
    t.deepEqual((await fs.readdir(all.work)).sort(), [...files].sort());
    t.deepEqual(
      brought.files.map((file) => file.name),
      [...files].sort(),
    );
    t.deepEqual(brought.ignored, ['j8zz01b7q_raw.fits']);
    t.is(brought.association?.exposures.length, 2);
    const sha256 = createHash('sha256').update(packed).digest('hex');
    t.deepEqual(brought.sources, [{ name, size: packed.length, sha256 }]);
    const inputs = fileInputs(all.source, { fileSystem: fs });
    t.deepEqual(await inputs.identify(parseDatasetName(id), { signal }), brought.sources);
  });
}

test('a mosaic is brought out of a tarball', async (t) => {
  const all = await folders(t);
  const { id, files } = await simulateMosaic(all.loose);
  await pack(all, `${id}.tar.gz`);
  await bring(id, all);
  t.deepEqual((await fs.readdir(all.work)).sort(), [...files].sort());
});

test('files that lie unpacked go before a tarball', async (t) => {
  const all = await folders(t);
  const { id } = simulatedDatasets.exposure(all.source);
  await fs.writeFile(join(all.source, `${id}.tar.gz`), 'not looked at');
  const { sources } = await bring(id, all);
  t.deepEqual(
    sources.map(({ name }) => name),
    [`${id}_raw.fits`],
  );
});

test('a real association comes out of a tarball as it lies in a folder', async (t) => {
  const loose = needsData(t, 'lab', 'hst', 'jbz504010');
  if (loose === undefined) return;
  const all = { ...(await folders(t)), loose };
  await pack(all, 'jbz504010.tar.gz');
  const unpacked = fileInputs(loose, { fileSystem: fs });
  const { files } = await bring('jbz504010', all);
  t.is(files.length, 3);
  t.deepEqual(files, await unpacked.identify(parseDatasetName('jbz504010'), { signal }));
});
