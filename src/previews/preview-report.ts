import { basename } from 'node:path';
import type { PreviewsMade } from './previews-made.ts';

/** What `preview.txt` says: a line for each preview that was made, each that was not, and each note. */
export function previewReport({ made, failures, notes }: PreviewsMade): string {
  const lines = [
    ...made.map(({ path }) => `made ${basename(path)}`),
    ...failures.map(({ error }) => `failed: ${error.message} ${error.advice} [${error.code}]`),
    ...notes.map((note) => `note: ${note}`),
  ];
  return lines.length === 0 ? 'no previews are made of these products\n' : `${lines.join('\n')}\n`;
}
