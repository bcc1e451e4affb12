import { join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { checkNames } from '../stores/build-folder.ts';
import { digestFile } from '../system/digest-file.ts';
import { storeError } from '../stores/store-error.ts';
import type { PlainFile, SourceFile, Store, TransferOptions } from '../stores/store.ts';
import { arrangePublication, digested } from './arrange-publication.ts';
import type { DataTree, Publication, Published } from './data-tree.ts';
import type { Layout } from './layout.ts';
import { makeTarball } from './make-tarball.ts';
import { canonicalManifest, formatManifest, parseManifest, type Manifest } from './manifest.ts';
import { resumeKey } from './resume-key.ts';
import { sweepHomes } from './sweep-homes.ts';

interface DataTreeOptions {
  readonly layout: Layout;
  readonly clock: Clock;
  readonly fileSystem: FileSystem;
}

/** The data tree in a store. */
export class StoreDataTree implements DataTree {
  readonly #store: Store;
  readonly #options: DataTreeOptions;

  constructor(store: Store, options: DataTreeOptions) {
    this.#store = store;
    this.#options = options;
  }

  uri(dataset: DatasetName): string {
    return `${this.#store.uri}/${this.#options.layout.dataFolder(dataset)}`;
  }

  async publish(
    dataset: DatasetName,
    options: TransferOptions & { readonly publication: Publication },
  ): Promise<Published> {
    const { publication, ...transfer } = options;
    const { layout } = this.#options;
    const { products, logs } = arrangePublication(publication, layout);
    checkNames([...products, ...logs, { name: layout.manifest, path: '' }]);
    const packed = await this.#pack(dataset, { products, publication, ...transfer });
    const stored = packed === undefined ? products : [packed.tarball];
    let manifest: Manifest | undefined;
    // The digests are those of the very bytes that the store has read.
    const last = async (digests: readonly FileDigest[]): Promise<SourceFile> => {
      const outputs = packed?.products ?? digests.slice(0, stored.length);
      const files = { outputs, logs: digests.slice(stored.length), tarball: packed?.tarball };
      manifest = this.#describe(dataset, { files, publication });
      return this.#manifestFile(manifest, publication);
    };
    await this.#store.replaceFolder(layout.dataFolder(dataset), [...stored, ...logs], {
      ...transfer,
      last,
    });
    if (manifest === undefined) throw new Error('Expected the store to ask for the manifest.');
    return { manifest, announcement: layout.processedBody(dataset, { data: this.uri(dataset) }) };
  }

  async manifest(
    dataset: DatasetName,
    options: TransferOptions = {},
  ): Promise<Manifest | undefined> {
    const { layout } = this.#options;
    const key = `${layout.dataFolder(dataset)}/${layout.manifest}`;
    const body = await this.#store.read(key, options);
    if (body === undefined) return undefined;
    const origin = `${this.#store.uri}/${key}`;
    const manifest = parseManifest(Buffer.from(body).toString('utf8'), { origin });
    if (manifest.dataset === dataset.id) return manifest;
    throw new CaldpError(
      `The manifest \`${origin}\` is that of \`${manifest.dataset}\`, expected \`${dataset.id}\`.`,
      {
        code: 'MANIFEST_UNREADABLE',
        advice: 'Process the dataset again; its manifest is then written anew.',
      },
    );
  }

  async missing(
    dataset: DatasetName,
    options: TransferOptions & { readonly manifest: Manifest },
  ): Promise<readonly string[]> {
    const folder = this.#options.layout.dataFolder(dataset);
    const sizes = new Map<string, number>();
    for await (const { key, size } of this.#store.list(folder, options)) {
      sizes.set(key.slice(folder.length + 1), size);
    }
    return this.#stored(options.manifest)
      .filter(({ name, size }) => sizes.get(name) !== size)
      .map(({ name }) => name);
  }

  sweep(options: TransferOptions = {}): Promise<readonly string[]> {
    return sweepHomes(this.#options.layout.dataHomes, { ...options, store: this.#store });
  }

  /** The files of a manifest that lie in the store as they are. */
  #stored({ outputs, logs, tarball }: Manifest): Manifest['outputs'] {
    return [...(tarball === undefined ? outputs : [tarball]), ...logs];
  }

  async #pack(
    dataset: DatasetName,
    options: TransferOptions & {
      readonly products: readonly PlainFile[];
      readonly publication: Publication;
    },
  ): Promise<
    { readonly tarball: SourceFile; readonly products: readonly SourceFile[] } | undefined
  > {
    const { publication, ...transfer } = options;
    const name = this.#options.layout.tarball(dataset);
    if (name === undefined) return undefined;
    const path = join(publication.scratch, name);
    const { fileSystem } = this.#options;
    const products = await digested(options.products, { ...transfer, fileSystem });
    const target = { ...transfer, fileSystem, target: path, prefix: dataset.id };
    return { products, tarball: { ...(await makeTarball(products, target)), path } };
  }

  async #manifestFile(manifest: Manifest, { scratch }: Publication): Promise<SourceFile> {
    const { fileSystem, layout } = this.#options;
    const path = join(scratch, 'manifest.json');
    try {
      await fileSystem.writeFile(path, formatManifest(manifest));
      return {
        ...(await digestFile(path, { fileSystem })),
        name: layout.manifest,
        path,
      };
    } catch (error) {
      throw storeError(error, { doing: 'write', key: 'manifest.json', uri: `file:${scratch}` });
    }
  }

  #describe(
    dataset: DatasetName,
    options: {
      readonly files: {
        readonly outputs: readonly FileDigest[];
        readonly logs: readonly FileDigest[];
        readonly tarball: FileDigest | undefined;
      };
      readonly publication: Publication;
    },
  ): Manifest {
    const { files, publication } = options;
    const { outputs, logs, tarball } = files;
    const { situation, attempt, threads, started, references } = publication;
    return canonicalManifest({
      format: 'caldp-manifest',
      version: 1,
      dataset: dataset.id,
      key: resumeKey(situation),
      attempt,
      started: started.toISOString(),
      finished: this.#options.clock.now().toISOString(),
      threads,
      ...situation,
      references,
      outputs: [...outputs],
      logs: [...logs],
      ...(tarball === undefined ? {} : { tarball }),
    });
  }
}
