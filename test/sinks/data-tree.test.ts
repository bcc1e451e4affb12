import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { list } from 'tar';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { FileSystem } from '../../src/ports/file-system.ts';
import { calcloudLayout } from '../../src/sinks/calcloud-layout.ts';
import type { DataTree, Publication } from '../../src/sinks/data-tree.ts';
import type { Layout } from '../../src/sinks/layout.ts';
import { resumeKey } from '../../src/sinks/resume-key.ts';
import { StoreDataTree } from '../../src/sinks/store-data-tree.ts';
import { treeLayout } from '../../src/sinks/tree-layout.ts';
import { digestFile } from '../../src/system/digest-file.ts';
import { FileStore } from '../../src/stores/file-store.ts';
import { thisProcess } from '../../src/system/process-identity.ts';
import { keysOf } from '../contract/store.ts';
import { everyFault } from '../helpers/every-fault.ts';
import { sourceFile } from '../helpers/source-file.ts';
import { namesBelow } from '../helpers/names-below.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const self = await thisProcess({ fileSystem: fs });
const dataset = parseDatasetName('j8cb010b0');
const clock = { now: () => new Date('2026-11-22T09:00:00.000Z') };

interface World {
  readonly root: string;
  readonly store: FileStore;
  readonly tree: DataTree;
}

function worldIn(root: string, layout: Layout, system: FileSystem = fs): World {
  const store = new FileStore(root, { fileSystem: system, self });
  return { root, store, tree: new StoreDataTree(store, { layout, clock, fileSystem: system }) };
}

/** A work directory with products whose bytes depend on `version`. */
async function publicationOf(t: ExecutionContext, version: string): Promise<Publication> {
  const work = await temporaryFolder(t);
  const make = async (...names: string[]): Promise<string[]> => {
    const files = names.map((name) => sourceFile(work, { name, body: `${name} ${version}` }));
    return (await Promise.all(files)).map(({ path }) => path);
  };
  const extra = version === 'old' ? ['j8cb01u2q_flt.fits'] : ['j8cb01u2q_flc.fits'];
  return {
    science: await make('j8cb010b0.tra', ...extra),
    logs: await make('process.txt', 'preview.txt'),
    previews: await make('j8cb01u2q_flt.jpg'),
    environment: await make('j8cb010b0_cal_env.txt'),
    situation: {
      inputs: [{ name: 'j8cb01u2q_raw.fits', size: 2880, sha256: 'a'.repeat(64) }],
      context: 'hst_0729.pmap',
      programs: { 'calacs.e': version },
      configuration: {},
    },
    references: [],
    attempt: 1,
    threads: 1,
    started: new Date('2026-11-22T08:59:00.000Z'),
    scratch: await temporaryFolder(t),
  };
}

/** One product and one log: few operations, so that each can fail once. */
async function smallPublication(t: ExecutionContext, version: string): Promise<Publication> {
  const { science, logs, ...rest } = await publicationOf(t, version);
  return { ...rest, science: science.slice(1), logs: logs.slice(1), previews: [], environment: [] };
}

const faults = [
  { code: 'ENOSPC', mode: 'on' },
  { code: 'EIO', mode: 'after' },
] as const;

/** Names and contents below a folder, temporaries included. */
async function contentsOf(root: string): Promise<string> {
  const lines = [];
  for (const name of await namesBelow(root)) {
    if ((await fs.stat(join(root, name))).isDirectory()) continue;
    lines.push(`${name} ${(await digestFile(join(root, name), { fileSystem: fs })).sha256}`);
  }
  return lines.join('\n');
}

test('tree: a published dataset lies as its users expect and its manifest tells the truth', async (t) => {
  const { root, store, tree } = worldIn(await temporaryFolder(t), treeLayout);
  const publication = await publicationOf(t, 'new');
  const { manifest, announcement } = await tree.publish(dataset, { publication });
  const folder = 'data/acs/j8cb010b0';
  t.deepEqual(await keysOf(store, ''), [
    `${folder}/env/j8cb010b0_cal_env.txt`,
    `${folder}/j8cb010b0.tra`,
    `${folder}/j8cb01u2q_flc.fits`,
    `${folder}/logs/manifest.json`,
    `${folder}/logs/preview.txt`,
    `${folder}/logs/process.txt`,
    `${folder}/previews/j8cb01u2q_flt.jpg`,
  ]);
  t.is(announcement, '');
  t.is(tree.uri(dataset), `file:${root}/${folder}`);
  t.is(manifest.key, resumeKey(publication.situation));
  for (const { name, size, sha256 } of [...manifest.outputs, ...manifest.logs]) {
    const found = await digestFile(join(root, folder, name), { fileSystem: fs });
    t.deepEqual(found, { name: basename(name), size, sha256 });
  }
});

test('calcloud: a published dataset is one tarball with its logs beside it', async (t) => {
  const { root, store, tree } = worldIn(await temporaryFolder(t), calcloudLayout);
  const publication = await publicationOf(t, 'new');
  const { manifest, announcement } = await tree.publish(dataset, { publication });
  const folder = 'outputs/j8cb010b0';
  t.deepEqual(await keysOf(store, ''), [
    `${folder}/j8cb010b0.tar.gz`,
    `${folder}/manifest.json`,
    `${folder}/preview.txt`,
    `${folder}/process.txt`,
  ]);
  t.is(announcement, `file:${root}/${folder}/j8cb010b0.tar.gz\n`);
  const inside: string[] = [];
  const file = join(root, folder, 'j8cb010b0.tar.gz');
  await list({ file, strict: true, onReadEntry: ({ path }) => inside.push(path) });
  t.deepEqual(inside, [
    'j8cb010b0/env/j8cb010b0_cal_env.txt',
    'j8cb010b0/j8cb010b0.tra',
    'j8cb010b0/j8cb01u2q_flc.fits',
    'j8cb010b0/previews/j8cb01u2q_flt.jpg',
  ]);
  t.deepEqual(manifest.tarball, await digestFile(file, { fileSystem: fs }));
});

for (const layout of [treeLayout, calcloudLayout]) {
  test(`${layout.name}: the manifest of a published dataset is read back, and nothing is missing`, async (t) => {
    const { tree } = worldIn(await temporaryFolder(t), layout);
    t.is(await tree.manifest(dataset), undefined);
    const publication = await publicationOf(t, 'new');
    const { manifest } = await tree.publish(dataset, { publication });
    const read = await tree.manifest(dataset);
    t.deepEqual(read, manifest);
    t.deepEqual(await tree.missing(dataset, { manifest }), []);
  });

  test(`${layout.name}: publishing the same products again gives the same bytes`, async (t) => {
    const { root, tree } = worldIn(await temporaryFolder(t), layout);
    await tree.publish(dataset, { publication: await publicationOf(t, 'new') });
    const first = await contentsOf(root);
    await tree.publish(dataset, { publication: await publicationOf(t, 'old') });
    t.not(await contentsOf(root), first);
    await tree.publish(dataset, { publication: await publicationOf(t, 'new') });
    t.is(await contentsOf(root), first);
  });

  test(`${layout.name}: a file that is gone or cut is told as missing`, async (t) => {
    const { root, tree } = worldIn(await temporaryFolder(t), layout);
    const { manifest } = await tree.publish(dataset, {
      publication: await publicationOf(t, 'new'),
    });
    const folder = join(root, layout.dataFolder(dataset));
    await fs.rm(join(folder, layout.logName('process.txt')));
    const cut = layout.tarball(dataset) ?? 'j8cb010b0.tra';
    await fs.truncate(join(folder, cut), 3);
    t.deepEqual(await tree.missing(dataset, { manifest }), [cut, layout.logName('process.txt')]);
  });

  test(`${layout.name}: a damaged manifest, or that of another dataset, is refused`, async (t) => {
    const { store, tree } = worldIn(await temporaryFolder(t), layout);
    const key = `${layout.dataFolder(dataset)}/${layout.manifest}`;
    const { manifest } = await tree.publish(dataset, {
      publication: await publicationOf(t, 'new'),
    });
    for (const body of ['', '{"format":', JSON.stringify({ ...manifest, dataset: 'jbz504010' })]) {
      await store.write(key, body);
      const error = await t.throwsAsync(tree.manifest(dataset), { instanceOf: CaldpError });
      t.is(error.code, 'MANIFEST_UNREADABLE');
    }
  });

  test(`${layout.name}: two products of one name, or one that is gone, are refused and the former dataset stays`, async (t) => {
    const { root, tree } = worldIn(await temporaryFolder(t), layout);
    await tree.publish(dataset, { publication: await publicationOf(t, 'old') });
    const before = await contentsOf(root);
    const publication = await publicationOf(t, 'new');
    const twice = { ...publication, science: [...publication.science, ...publication.science] };
    await t.throwsAsync(tree.publish(dataset, { publication: twice }), { instanceOf: CaldpError });
    const absent = { ...publication, previews: ['/nowhere/x.jpg'] };
    const error = await t.throwsAsync(tree.publish(dataset, { publication: absent }), {
      instanceOf: CaldpError,
    });
    t.is(error.code, 'SOURCE_UNREADABLE');
    t.true(error.message.includes('/nowhere/x.jpg'));
    const { signal } = ((): AbortController => {
      const stop = new AbortController();
      stop.abort(new Error('stopped'));
      return stop;
    })();
    await t.throwsAsync(tree.publish(dataset, { publication, signal }), { message: 'stopped' });
    t.is(await contentsOf(root), before);
  });

  test(`${layout.name}: publishing with any one fault leaves the old or the new dataset, whole`, async (t) => {
    const folder = await temporaryFolder(t);
    const [former, next] = [await smallPublication(t, 'old'), await smallPublication(t, 'new')];
    const published = join(folder, 'published');
    await worldIn(published, layout).tree.publish(dataset, { publication: former });
    let run = 0;
    const met = await everyFault(async (failing) => {
      const { root, store, tree } = worldIn(join(folder, `${run++}`), layout, failing.fileSystem);
      await fs.cp(published, root, { recursive: true });
      return {
        act: () => tree.publish(dataset, { publication: next }),
        verify: async (failed, fault) => {
          const label = JSON.stringify(fault);
          if (failed !== undefined)
            t.true(failed instanceof CaldpError, `${label} ${JSON.stringify(failed)}`);
          await store.sweep('');
          const manifest = await tree.manifest(dataset);
          const version = manifest?.programs['calacs.e'];
          t.true(failed === undefined ? version === 'new' : version !== undefined, label);
          if (manifest !== undefined)
            t.deepEqual(await tree.missing(dataset, { manifest }), [], label);
          if (failed !== undefined) await tree.publish(dataset, { publication: next });
          t.is((await tree.manifest(dataset))?.programs['calacs.e'], 'new', label);
          t.false((await namesBelow(root)).some((n) => n.includes('.caldp-')));
          await fs.rm(root, { recursive: true });
        },
      };
    }, faults);
    t.log(`${met} faults`);
    t.true(met > 80);
  });
}

test('calcloud: a large product comes out of the tarball as it went in', async (t) => {
  const { root, tree } = worldIn(await temporaryFolder(t), calcloudLayout);
  const publication = await publicationOf(t, 'new');
  const body = Buffer.concat([randomBytes(3_000_000), Buffer.alloc(5_000_000)]);
  const large = await sourceFile(await temporaryFolder(t), { name: 'j8cb010b1_drz.fits', body });
  await tree.publish(dataset, { publication: { ...publication, science: [large.path] } });
  const chunks: Buffer[] = [];
  await list({
    file: join(root, 'outputs/j8cb010b0/j8cb010b0.tar.gz'),
    onReadEntry: (entry) => {
      if (entry.path.endsWith('_drz.fits')) entry.on('data', (chunk: Buffer) => chunks.push(chunk));
    },
  });
  t.true(Buffer.concat(chunks).equals(body));
});
