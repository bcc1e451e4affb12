import { hash } from 'node:crypto';

const marker = 'sha1sum';

/**
 * SHA-1 of a text of rules without the lines that hold `sha1sum`, line ends kept: what the header of the rules promises
 * (`crds/core/rmap.py:_get_checksum`). It is not the SHA-1 of the file.
 *
 * @returns Hexadecimal.
 */
export function mappingChecksum(text: string): string {
  let rest = '';
  let start = 0;
  for (let found = text.indexOf(marker); found >= 0; found = text.indexOf(marker, start)) {
    rest += text.slice(start, text.lastIndexOf('\n', found) + 1);
    const end = text.indexOf('\n', found);
    start = end < 0 ? text.length : end + 1;
  }
  return hash('sha1', rest + text.slice(start));
}
