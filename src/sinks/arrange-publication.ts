import { basename } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';
import { digestFile } from '../system/digest-file.ts';
import { sourceUnreadable } from '../stores/store-error.ts';
import type { SourceFile, TransferOptions } from '../stores/store.ts';
import type { Publication } from './data-tree.ts';
import type { Layout } from './layout.ts';

/** The files of a dataset under the names that they get below its folder. */
export interface Arranged {
  readonly logs: readonly SourceFile[];
  /** Science files, previews and environment: what a tarball would hold. */
  readonly products: readonly SourceFile[];
}

/** Names the files of a publication and takes their digests, reading 1 MiB at a time. */
export async function arrangePublication(
  publication: Publication,
  options: TransferOptions & { readonly layout: Layout; readonly fs: FileSystem },
): Promise<Arranged> {
  const { layout } = options;
  const { science, previews, environment, logs } = publication;
  const products = [
    ...(await named(science, (file) => file, options)),
    ...(await named(previews, (file) => `previews/${file}`, options)),
    ...(await named(environment, (file) => `env/${file}`, options)),
  ];
  return { products, logs: await named(logs, (file) => layout.logName(file), options) };
}

async function named(
  paths: readonly string[],
  name: (file: string) => string,
  options: TransferOptions & { readonly fs: FileSystem },
): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  for (const path of paths) {
    try {
      const { size, sha256 } = await digestFile(path, options);
      files.push({ name: name(basename(path)), path, size, sha256 });
    } catch (error) {
      options.signal?.throwIfAborted();
      throw sourceUnreadable(path, error);
    }
  }
  return files;
}
