import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SourceFile } from '../../src/stores/store.ts';

/** Writes a file below a folder and describes it as it is. */
export async function sourceFile(
  folder: string,
  options: { readonly name: string; readonly body: Uint8Array | string },
): Promise<SourceFile> {
  const path = join(folder, options.name);
  const bytes = Buffer.from(options.body);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: options.name, path, size: bytes.length, sha256 };
}
