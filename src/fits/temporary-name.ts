import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/** A name beside the target that nobody else has: a rename replaces the target only within one file system. */
export function temporaryName(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
}
