import { createHash } from 'node:crypto';
import { isMissing } from '../../inputs/is-missing.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { ExpectedBytes } from '../transfer/download.ts';

/** What is in the cache in the place of a file. */
export type CachedState =
  | { readonly status: 'good'; readonly size: number }
  | { readonly status: 'missing' }
  /** It is there and is not the file that the server has. */
  | { readonly status: 'wrong'; readonly reason: string };

/** Looks at a cached file: its size, and with `verify: 'content'` its SHA-1 too, which reads all of it, 1 MiB at a time. */
export async function cachedState(
  path: string,
  options: {
    readonly fileSystem: FileSystem;
    readonly expected: ExpectedBytes;
    readonly verify: 'size' | 'content';
    readonly signal: AbortSignal;
  },
): Promise<CachedState> {
  const { expected } = options;
  const size = await fileSize(path, options.fileSystem);
  if (size === undefined) return { status: 'missing' };
  if (expected.size !== undefined && size !== expected.size) {
    return { status: 'wrong', reason: `it has ${size} bytes, expected ${expected.size}` };
  }
  if (options.verify === 'size' || expected.sha1 === undefined) return { status: 'good', size };
  const sha1 = await fileSha1(path, options);
  return sha1 === expected.sha1
    ? { status: 'good', size }
    : { status: 'wrong', reason: `its SHA-1 is \`${sha1}\`, expected \`${expected.sha1}\`` };
}

async function fileSize(path: string, fileSystem: FileSystem): Promise<number | undefined> {
  try {
    return (await fileSystem.stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function fileSha1(
  path: string,
  options: { readonly fileSystem: FileSystem; readonly signal: AbortSignal },
): Promise<string> {
  const handle = await options.fileSystem.open(path, 'r');
  const hash = createHash('sha1');
  const buffer = Buffer.alloc(1024 * 1024);
  try {
    for (;;) {
      options.signal.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
