import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { writeSimulatedAssociation } from '../../examples/simulated-association.ts';
import {
  simulatedDatasets,
  simulateMosaic,
  type SimulatedDataset,
} from '../../examples/simulated-data.ts';
import { simulatedSetups, writeSimulatedImages } from '../../examples/simulated-exposure.ts';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { BroughtInputs } from '../../src/inputs/dataset-inputs.ts';
import { localFolder } from '../../src/inputs/local-folder.ts';
import type { FileSystem } from '../../src/ports/file-system.ts';
import { needsData } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const { signal } = new AbortController();

interface Folders {
  readonly source: string;
  readonly work: string;
}

async function folders(t: ExecutionContext): Promise<Folders> {
  return { source: await temporaryFolder(t), work: await temporaryFolder(t) };
}

function bring(
  id: string,
  { source, work }: Folders,
  fileSystem: FileSystem = fs,
): Promise<BroughtInputs> {
  return localFolder(source, { fileSystem }).bring(parseDatasetName(id), { folder: work, signal });
}

const names = (files: readonly { readonly name: string }[]): readonly string[] =>
  files.map(({ name }) => name);

async function failsWith(
  t: ExecutionContext,
  run: Promise<unknown>,
  expected: { readonly code: string; readonly says: RegExp },
): Promise<CaldpError | undefined> {
  const error = await t.throwsAsync(run, { instanceOf: CaldpError, message: expected.says });
  t.is(error?.code, expected.code);
  return error;
}

/** A file system in which one operation does something else first. */
function before<Name extends 'copyFile' | 'chmod'>(
  name: Name,
  act: (path: string) => Promise<unknown>,
): FileSystem {
  return {
    ...fs,
    copyFile: async (...args) => {
      if (name === 'copyFile') await act(String(args[0]));
      await fs.copyFile(...args);
    },
    chmod: async (...args) => {
      if (name === 'chmod') await act(String(args[0]));
      await fs.chmod(...args);
    },
  };
}

test('a folder that is not there is named', async (t) => {
  const { source, work } = await folders(t);
  await failsWith(t, bring('j8zz02a1q', { source: join(source, 'no'), work }), {
    code: 'INPUT_NOT_FOUND',
    says: /input folder `.*no` does not exist/,
  });
});

test('a dataset without files says where was looked and which names would do', async (t) => {
  await failsWith(t, bring('j8zz02a1q', await folders(t)), {
    code: 'INPUT_NOT_FOUND',
    says: /No raw file of `j8zz02a1q` is in `.*`: expected `j8zz02a1q_asn\.fits` or one of `j8zz02a1q_raw\.fits`/,
  });
});

test('an association without its table says so', async (t) => {
  const both = await folders(t);
  simulatedDatasets.crSplit(both.source);
  await fs.rm(join(both.source, 'j8zz01010_asn.fits'));
  await failsWith(t, bring('j8zz01010', both), {
    code: 'INPUT_NOT_FOUND',
    says: /The association table `j8zz01010_asn\.fits` is missing/,
  });
});

test('a compressed raw file is not taken and the error says so', async (t) => {
  const both = await folders(t);
  await fs.writeFile(join(both.source, 'j8zz02a1q_raw.fits.gz'), '');
  await failsWith(t, bring('j8zz02a1q', both), {
    code: 'INPUT_NOT_FOUND',
    says: /`j8zz02a1q_raw\.fits\.gz`.*gunzip/,
  });
});

test('all missing members are named in one error, and nothing is copied', async (t) => {
  const both = await folders(t);
  simulatedDatasets.repeats(both.source);
  await fs.rm(join(both.source, 'izzz01a1q_raw.fits'));
  await fs.rm(join(both.source, 'izzz01a3q_raw.fits'));
  await failsWith(t, bring('izzz01010', both), {
    code: 'MEMBER_MISSING',
    says: /^2 of 3 exposures of `izzz01010`.*`izzz01a1q` \(EXP-RPT\), `izzz01a3q` \(EXP-RPT\)/,
  });
  t.deepEqual(await fs.readdir(both.work), []);
});

test('an association table that names nobody is refused', async (t) => {
  const both = await folders(t);
  writeSimulatedAssociation(both.source, { id: 'j8zz01010', instrument: 'ACS', members: [] });
  await failsWith(t, bring('j8zz01010', both), {
    code: 'ASSOCIATION_INVALID',
    says: /has no members/,
  });
});

test('a raw file that was cut off is refused', async (t) => {
  const both = await folders(t);
  simulatedDatasets.exposure(both.source);
  await fs.truncate(join(both.source, 'j8zz02a1q_raw.fits'), 20_000);
  await failsWith(t, bring('j8zz02a1q', both), {
    code: 'FITS_INVALID',
    says: /j8zz02a1q_raw\.fits` is not a whole FITS file/,
  });
});

test('a raw file without a byte is refused', async (t) => {
  const both = await folders(t);
  await fs.writeFile(join(both.source, 'j8zz02a1q_raw.fits'), '');
  await failsWith(t, bring('j8zz02a1q', both), { code: 'FITS_INVALID', says: /j8zz02a1q_raw/ });
});

test('a pipe in the place of a raw file is refused at once', async (t) => {
  const both = await folders(t);
  await promisify(execFile)('mkfifo', [join(both.source, 'j8zz02a1q_raw.fits')]);
  await failsWith(t, bring('j8zz02a1q', both), { code: 'INPUT_NOT_A_FILE', says: /not a file/ });
});

test('a link that leads nowhere is told from a missing file', async (t) => {
  const both = await folders(t);
  await fs.symlink('nowhere', join(both.source, 'j8zz02a1q_raw.fits'));
  await failsWith(t, bring('j8zz02a1q', both), { code: 'SOURCE_CHANGED', says: /went away/ });
});

for (const [title, act, says] of [
  ['is appended to', (path: string) => fs.appendFile(path, 'more'), /changed its size/],
  [
    'is replaced by a file of the same size',
    async (path: string) => {
      await fs.copyFile(path, `${path}.new`);
      await fs.rename(`${path}.new`, path);
    },
    /written to or replaced/,
  ],
  ['is removed', (path: string) => fs.rm(path), /went away/],
] as const) {
  test(`an input that ${title} while it is copied is tried again later`, async (t) => {
    const both = await folders(t);
    simulatedDatasets.exposure(both.source);
    const error = await failsWith(t, bring('j8zz02a1q', both, before('copyFile', act)), {
      code: 'SOURCE_CHANGED',
      says,
    });
    t.is(error?.retry, 'backoff');
  });
}

test('a copy that is shorter than its source is noticed', async (t) => {
  const both = await folders(t);
  simulatedDatasets.exposure(both.source);
  const short = before('chmod', (path) => fs.truncate(path, 2880));
  await failsWith(t, bring('j8zz02a1q', both, short), {
    code: 'SOURCE_CHANGED',
    says: /gave 2880 bytes instead of 23040/,
  });
});

test('an association table that is replaced after it was read is noticed', async (t) => {
  const both = await folders(t);
  const { source } = both;
  simulatedDatasets.crSplit(source);
  const replaced = before('copyFile', (path) => {
    if (basename(path) === 'j8zz01a1q_raw.fits') return Promise.resolve();
    const members = [{ name: 'j8zz01a1q', type: 'EXP-CRJ' }];
    if (path.endsWith('_asn.fits')) return Promise.resolve();
    writeSimulatedAssociation(source, { id: 'j8zz01010', instrument: 'ACS', members });
    return Promise.resolve();
  });
  // The table is copied first, so it has to be replaced before: between reading and copying it.
  const early: FileSystem = {
    ...replaced,
    stat: (async (...args: Parameters<typeof fs.stat>) => {
      if (String(args[0]).endsWith('_asn.fits')) {
        const members = [{ name: 'j8zz01a1q', type: 'EXP-CRJ' }];
        writeSimulatedAssociation(source, { id: 'j8zz01010', instrument: 'ACS', members });
      }
      return fs.stat(...args);
    }) as typeof fs.stat,
  };
  await failsWith(t, bring('j8zz01010', both, early), {
    code: 'SOURCE_CHANGED',
    says: /written to or replaced|other content/,
  });
});

test('an abort stops before the next file', async (t) => {
  const { source, work } = await folders(t);
  simulatedDatasets.crSplit(source);
  const controller = new AbortController();
  const inputs = localFolder(source, {
    fileSystem: before('copyFile', () => {
      controller.abort(new Error('stop'));
      return Promise.resolve();
    }),
  });
  const run = inputs.bring(parseDatasetName('j8zz01010'), {
    folder: work,
    signal: controller.signal,
  });
  await t.throwsAsync(run, { message: 'stop' });
  t.is((await fs.readdir(work)).length, 1);
});

for (const [kind, make] of Object.entries(simulatedDatasets)) {
  test(`exactly the files of a dataset are brought, and identified alike: ${kind}`, async (t) => {
    await bringsExactly(t, make);
  });
}

test('exactly the files of a dataset are brought, and identified alike: mosaic', async (t) => {
  await bringsExactly(t, simulateMosaic);
});

async function bringsExactly(
  t: ExecutionContext,
  make: (folder: string) => SimulatedDataset | Promise<SimulatedDataset>,
): Promise<void> {
  const both = await folders(t);
  for (const other of Object.values(simulatedDatasets)) other(both.source);
  const { id, files } = await make(both.source);
  const brought = await bring(id, both);
  t.deepEqual(names(brought.files), [...files].sort());
  t.deepEqual((await fs.readdir(both.work)).sort(), [...files].sort());
  t.deepEqual(brought.sources, brought.files);
  const inputs = localFolder(both.source, { fileSystem: fs });
  t.deepEqual(await inputs.identify(parseDatasetName(id), { signal }), brought.sources);
  t.is(brought.association === undefined, !files.some((name) => name.endsWith('_asn.fits')));
}

test('files of other observations and products of earlier runs are left out and named', async (t) => {
  const both = await folders(t);
  const { source } = both;
  simulatedDatasets.crSplit(source);
  const setup = simulatedSetups.hrc;
  writeSimulatedImages(source, { root: 'j8zz01b7q', setup });
  writeSimulatedImages(source, { root: 'j8zz01a1q', suffix: 'flt', setup });
  writeSimulatedImages(source, { root: 'j8zz01011', suffix: 'crj', setup });
  const { files, ignored } = await bring('j8zz01010', both);
  t.is(files.length, 3);
  t.deepEqual(ignored, ['j8zz01011_crj.fits', 'j8zz01a1q_flt.fits', 'j8zz01b7q_raw.fits']);
});

test('an exposure that the table says is absent is not missed', async (t) => {
  const both = await folders(t);
  simulatedDatasets.crSplit(both.source);
  const members = [
    { name: 'j8zz01a1q', type: 'EXP-CRJ' },
    { name: 'j8zz01a9q', type: 'EXP-CRJ', present: false },
  ];
  writeSimulatedAssociation(both.source, { id: 'j8zz01010', instrument: 'ACS', members });
  const { files, ignored } = await bring('j8zz01010', both);
  t.deepEqual(names(files), ['j8zz01010_asn.fits', 'j8zz01a1q_raw.fits']);
  t.deepEqual(ignored, ['j8zz01a2q_raw.fits']);
});

test('an association of which every exposure is absent is missing them', async (t) => {
  const both = await folders(t);
  const members = [{ name: 'j8zz01a9q', type: 'EXP-CRJ', present: false }];
  writeSimulatedAssociation(both.source, { id: 'j8zz01010', instrument: 'ACS', members });
  await failsWith(t, bring('j8zz01010', both), { code: 'MEMBER_MISSING', says: /`j8zz01a9q`/ });
});

test('a name that ends in 0 with a raw file of its own is an exposure', async (t) => {
  const both = await folders(t);
  writeSimulatedImages(both.source, { root: 'ozzz05020', setup: simulatedSetups.ccd });
  t.deepEqual(names((await bring('OZZZ05020', both)).files), ['ozzz05020_raw.fits']);
});

test('the environment file of a dataset is brought, that of another is not', async (t) => {
  const both = await folders(t);
  simulatedDatasets.exposure(both.source);
  await fs.writeFile(join(both.source, 'j8zz02a1q_cal_env.txt'), 'A=1\n');
  await fs.writeFile(join(both.source, 'j8zz01010_cal_env.txt'), 'A=2\n');
  const { files } = await bring('j8zz02a1q', both);
  t.deepEqual(names(files), ['j8zz02a1q_cal_env.txt', 'j8zz02a1q_raw.fits']);
});

test('a dataset may lie in a folder of its own name', async (t) => {
  const { source, work } = await folders(t);
  const own = join(source, 'j8zz01010');
  await fs.mkdir(own);
  const { files } = simulatedDatasets.crSplit(own);
  t.deepEqual(names((await bring('j8zz01010', { source, work })).files), files);
});

test('links are followed, sources stay read-only and unchanged, copies can be written', async (t) => {
  const both = await folders(t);
  const elsewhere = await temporaryFolder(t);
  simulatedDatasets.exposure(elsewhere);
  const real = join(elsewhere, 'j8zz02a1q_raw.fits');
  await fs.chmod(real, 0o444);
  await fs.symlink(real, join(both.source, 'j8zz02a1q_raw.fits'));
  const state = await fs.stat(real, { bigint: true });
  await bring('j8zz02a1q', both);
  const copy = join(both.work, 'j8zz02a1q_raw.fits');
  t.true((await fs.lstat(copy)).isFile());
  t.is((await fs.stat(copy)).mode & 0o777, 0o644);
  await fs.appendFile(copy, 'changed');
  const after = await fs.stat(real, { bigint: true });
  t.deepEqual([after.size, after.mtimeNs, after.mode], [state.size, state.mtimeNs, state.mode]);
});

test('a mosaic without an exposure that its poller file names says which', async (t) => {
  const both = await folders(t);
  await simulateMosaic(both.source);
  await fs.rm(join(both.source, 'j8zz03a2q_flt.fits'));
  await failsWith(t, bring('acs_8zz_03', both), {
    code: 'MEMBER_MISSING',
    says: /1 of 2 exposures.*`j8zz03a2q_flt\.fits`/,
  });
});

test('a mosaic without a poller file says so', async (t) => {
  await failsWith(t, bring('skycell-p2381x06y09', await folders(t)), {
    code: 'INPUT_NOT_FOUND',
    says: /`skycell-p2381x06y09_input\.out` is missing/,
  });
});

for (const [id, files, ignored] of [
  ['j8bt05njq', ['j8bt05njq_raw.fits'], []],
  ['jbz504010', ['jbz504010_asn.fits', 'jbz504ejq_raw.fits', 'jbz504ekq_raw.fits'], []],
  ['jbz504eoq', ['jbz504eoq_raw.fits', 'jbz504eoq_spt.fits'], []],
  ['j8bt99010', ['j8bt99010_asn.fits', 'j8bt99a1q_raw.fits', 'j8bt99a2q_raw.fits'], []],
  [
    'ldfd01010',
    [
      'ldfd01010_asn.fits',
      ...['vnq', 'vpq', 'vrq', 'vtq'].flatMap((end) => [
        `ldfd01${end}_rawtag_a.fits`,
        `ldfd01${end}_spt.fits`,
      ]),
    ],
    [
      'ldfd01010_x1dsum.fits',
      ...[1, 2, 3, 4].map((part) => `ldfd01010_x1dsum${part}.fits`),
      ...['vnq', 'vpq', 'vrq', 'vtq'].map((end) => `ldfd01${end}_x1d.fits`),
    ],
  ],
] as const) {
  test(`exactly the files of the real dataset ${id} are brought`, async (t) => {
    const source = needsData(t, 'lab', 'hst');
    const manifest = needsData(t, 'lab', 'hst', 'MANIFEST.tsv');
    if (source === undefined || manifest === undefined) return;
    const brought = await bring(id, { source, work: await temporaryFolder(t) });
    t.deepEqual(names(brought.files), files);
    t.deepEqual(brought.ignored, ignored);
    const known = await fs.readFile(manifest, 'utf8');
    for (const { name, size, sha256 } of brought.files) {
      t.true(known.includes(`${id}/${name}\t${size}\t${sha256}\t`), name);
    }
  });
}

for (const [file, root] of [
  ['truncated.fits', 'j8bt05njq'],
  ['j8btxxx_raw_bad.fits', 'j8bt05njq'],
  ['j8btyyy_raw_bad.fits', 'j8bt05njq'],
  ['n4wl01xdq_raw.fits', 'j8bt05njq'],
] as const) {
  test(`the damaged file ${file} is refused`, async (t) => {
    const damaged = needsData(t, 'lab', 'hst', 'damaged', file);
    if (damaged === undefined) return;
    const both = await folders(t);
    await fs.copyFile(damaged, join(both.source, `${root}_raw.fits`));
    await failsWith(t, bring(root, both), { code: 'FITS_INVALID', says: /not a whole FITS file/ });
  });
}
