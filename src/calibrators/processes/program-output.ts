import { open, stat } from 'node:fs/promises';
import type { ProgramOutput } from '../program-run.ts';

/** How much of the end of a program's output is kept for messages. */
export const tailLength = 64 * 1024;

/** The size of the output file, 0 before there is one. */
export async function outputSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

/** The last 64 KiB of what a program wrote. Bytes that are no UTF-8 are shown as U+FFFD. */
export async function readTail({ path, start, end }: ProgramOutput): Promise<string> {
  const from = Math.max(start, end - tailLength);
  if (end <= from) return '';
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(end - from);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Whether a program wrote one of some ASCII texts; reads its whole output, holds 1 MiB. Answers the first text found. */
export async function findInOutput(
  { path, start, end }: ProgramOutput,
  options: { readonly texts: readonly string[] },
): Promise<string | undefined> {
  if (end <= start) return undefined;
  const overlap = Math.max(...options.texts.map(({ length }) => length));
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(1024 * 1024);
    for (let at = start; at < end;) {
      const { bytesRead } = await file.read(bytes, 0, Math.min(bytes.length, end - at), at);
      const chunk = bytes.subarray(0, bytesRead);
      const found = options.texts.find((text) => chunk.includes(text));
      if (found !== undefined || bytesRead <= overlap) return found;
      // The next chunk begins a little before the end of this one: a text may lie across the border.
      at += at + bytesRead < end ? bytesRead - overlap : bytesRead;
    }
    return undefined;
  } finally {
    await file.close();
  }
}
