import type { FileSystem } from '../../ports/file-system.ts';

/** File systems whose changes from other machines this one is not told of. */
const remote =
  /^(nfs\d?|cifs|smb\d?|smbfs|9p|virtiofs|afs|ceph|lustre|gpfs|beegfs|fuse(\..+|blk)?)$/;

/** Whether a file system of this type has to be polled, because nobody tells of changes that are made elsewhere. */
export function hasToBePolled(type: string): boolean {
  return remote.test(type);
}

/**
 * The type of the file system that a folder is on, from the table of mounts, or undefined where there is none to read.
 * The folder need not exist; links in its path are followed as far as it does.
 */
export async function mountType(
  folder: string,
  { fileSystem }: { readonly fileSystem: FileSystem },
): Promise<string | undefined> {
  try {
    const table = await fileSystem.readFile('/proc/self/mountinfo', 'utf8');
    return typeIn(table, { path: await existingPart(folder, fileSystem) });
  } catch (error) {
    // ENOENT: no Linux. The answer is only a choice between two ways that both work.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** The type of the last mount on the longest path that leads to `path`. */
export function typeIn(table: string, { path }: { readonly path: string }): string | undefined {
  let found: { readonly point: string; readonly type: string } | undefined;
  for (const line of table.split('\n')) {
    const [mount = '', source = ''] = line.split(' - ');
    const point = unescape(mount.split(' ')[4] ?? '');
    const type = source.split(' ')[0] ?? '';
    if (point === '' || !isBelow(path, point)) continue;
    if (found === undefined || point.length >= found.point.length) found = { point, type };
  }
  return found?.type;
}

function isBelow(path: string, point: string): boolean {
  return point === '/' || path === point || path.startsWith(`${point}/`);
}

/** Blanks and the like are written as octal numbers: `\040`. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

async function existingPart(folder: string, fileSystem: FileSystem): Promise<string> {
  try {
    return await fileSystem.realpath(folder);
  } catch {
    // Whatever is wrong with the folder is told by the scan; here its name will do.
    return folder;
  }
}
