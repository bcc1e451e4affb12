import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AcsRun } from './context.ts';
import type { CopiedFile } from './working-exposure.ts';

const blockBytes = 2880;

/** Copies a file byte for byte but for its primary header. Holds the file. */
export function copyFile(
  run: AcsRun,
  options: { readonly copied: CopiedFile; readonly output: string },
): void {
  const { copied, output } = options;
  const text = [...copied.cards, 'END'.padEnd(80)].join('');
  const header = Buffer.from(
    text.padEnd(Math.ceil(text.length / blockBytes) * blockBytes),
    'latin1',
  );
  const data = readFileSync(copied.path).subarray(copied.headerEnd);
  const temporary = join(run.scratch, output);
  writeFileSync(temporary, Buffer.concat([header, data]));
  renameSync(temporary, join(run.folder, output));
}
