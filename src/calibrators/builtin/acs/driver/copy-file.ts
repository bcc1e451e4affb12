import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { headerBytes } from '../../../../fits/header-bytes.ts';
import type { AcsRun } from './context.ts';
import type { CopiedFile } from './working-exposure.ts';

/** Copies a file byte for byte but for its primary header. Holds the file. */
export function copyFile(
  run: AcsRun,
  options: { readonly copied: CopiedFile; readonly output: string },
): void {
  const { copied, output } = options;
  const data = readFileSync(copied.path).subarray(copied.headerEnd);
  const temporary = join(run.scratch, output);
  writeFileSync(temporary, Buffer.concat([headerBytes(copied.cards), data]));
  renameSync(temporary, join(run.folder, output));
}
