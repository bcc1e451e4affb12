import { basename } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';
import { digestFile } from '../system/digest-file.ts';
import { sourceUnreadable } from '../stores/store-error.ts';
import type { PlainFile, SourceFile, TransferOptions } from '../stores/store.ts';
import type { Publication } from './data-tree.ts';
import type { Layout } from './layout.ts';

/** The files of a dataset under the names that they get below its folder. */
export interface Arranged {
  readonly logs: readonly PlainFile[];
  /** Science files, previews and environment: what a tarball would hold. */
  readonly products: readonly PlainFile[];
}

/** Names the files of a publication. */
export function arrangePublication(publication: Publication, layout: Layout): Arranged {
  const { science, previews, environment, logs } = publication;
  return {
    products: [
      ...named(science, (file) => file),
      ...named(previews, (file) => `previews/${file}`),
      ...named(environment, (file) => `env/${file}`),
    ],
    logs: named(logs, (file) => layout.logName(file)),
  };
}

function named(paths: readonly string[], name: (file: string) => string): readonly PlainFile[] {
  return paths.map((path) => ({ name: name(basename(path)), path }));
}

/** Takes the digests of files, reading 1 MiB at a time. */
export async function digested(
  files: readonly PlainFile[],
  options: TransferOptions & { readonly fileSystem: FileSystem },
): Promise<readonly SourceFile[]> {
  const sources: SourceFile[] = [];
  for (const file of files) {
    try {
      const { size, sha256 } = await digestFile(file.path, options);
      sources.push({ ...file, size, sha256 });
    } catch (error) {
      options.signal?.throwIfAborted();
      throw sourceUnreadable(file.path, error);
    }
  }
  return sources;
}
