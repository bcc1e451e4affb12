import { readFileSync, writeFileSync } from 'node:fs';
import { withFits } from '../../../../src/fits/fits-file.ts';
import { hduBytes } from '../../../helpers/fits-bytes.ts';

/** Gives a file another primary header. */
export function replacePrimary(path: string, cards: readonly string[]): void {
  const end = withFits(path, (file) => file.primary.dataOffset);
  const rest = readFileSync(path).subarray(end);
  writeFileSync(path, Buffer.concat([hduBytes(cards), rest]));
}
