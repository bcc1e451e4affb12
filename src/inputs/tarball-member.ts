import { tarballError } from './tarball-error.ts';

/** What a tarball says of one member. */
export interface TarballMember {
  readonly path: string;
  /** As the `tar` package names it: `File`, `SymbolicLink`, ... */
  readonly type: string;
}

const regular: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);
const folders: ReadonlySet<string> = new Set(['Directory', 'GNUDumpDir']);

/**
 * The name under which a member is unpacked: that of a regular file at the top of the tarball or in the folder `root`.
 * Undefined for members that are left out: folders, and files anywhere else.
 *
 * @throws CaldpError `TARBALL_INVALID` for members that no tarball of raw data has: links, devices, pipes, absolute paths,
 * paths with `..`, backslashes or control characters.
 */
export function memberName(
  member: TarballMember,
  options: { readonly root: string; readonly tarball: string },
): string | undefined {
  const { path, type } = member;
  const refuse = (reason: string): Error =>
    tarballError(options.tarball, `holds \`${printable(path)}\`, ${reason}; nothing is unpacked.`);
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) throw refuse('an absolute path');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f\\]/.test(path)) throw refuse('a name with odd characters');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw refuse('a path that leads out of it');
  if (folders.has(type)) return undefined;
  if (!regular.has(type)) throw refuse(`a member of the kind ${type} where only files may be`);
  const [first, second] = parts;
  if (parts.length === 1) return first;
  return parts.length === 2 && first === options.root ? second : undefined;
}

function printable(path: string): string {
  return JSON.stringify(path.slice(0, 120)).slice(1, -1);
}
