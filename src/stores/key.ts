import { CaldpError } from '../errors/caldp-error.ts';

/** Leaves room in a file name of 255 bytes for the marks of a temporary name. */
const longestPart = 170;

/** Names that end like this are temporary; no key may have such a part. */
export const temporarySuffix = /\.caldp-(?:tmp|old|lock)$/;

/**
 * Checks a key by the rules of `Store` and answers its parts.
 *
 * @throws CaldpError `KEY_INVALID`.
 */
export function keyParts(key: string): readonly string[] {
  const parts = key.split('/');
  for (const part of parts) {
    const problem = problemOf(part);
    if (problem !== undefined) throw keyInvalid(key, problem);
  }
  return parts;
}

/** Whether a name found in a store is a key. */
export function isKey(name: string): boolean {
  return name.split('/').every((part) => problemOf(part) === undefined);
}

/** As `keyParts`, for a folder: the empty text is the whole store. */
export function folderParts(folder: string): readonly string[] {
  return folder === '' ? [] : keyParts(folder);
}

/** Orders keys as S3 does: by the bytes of their UTF-8 form. */
export function compareKeys(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function problemOf(part: string): string | undefined {
  if (part === '') return 'has an empty part';
  if (part === '.' || part === '..') return `has the part \`${part}\``;
  if (part.includes('\\')) return 'has a backslash';
  // \p{Cs} is half of a surrogate pair: it has no UTF-8 form, so two keys would become one file.
  if (/[\p{Cc}\p{Cs}]/u.test(part)) return 'has a control character or a broken one';
  if (temporarySuffix.test(part)) return 'looks like a temporary name';
  if (Buffer.byteLength(part) > longestPart)
    return `has a part of more than ${longestPart.toFixed()} bytes`;
  return undefined;
}

/** A key that cannot be used; `problem` is the rest of the sentence. */
export function keyInvalid(key: string, problem: string): CaldpError {
  return new CaldpError(
    `The key ${JSON.stringify(key.slice(0, 200))} ${problem}. Expected relative names joined by \`/\`.`,
    {
      code: 'KEY_INVALID',
      advice: 'Rename the file that the key stands for.',
    },
  );
}
