import { join } from 'node:path';
import { z } from 'zod';
import type { FileSystem } from '../ports/file-system.ts';
import { liveness, type ProcessIdentity } from '../system/process-identity.ts';
import { isMissing } from './is-missing.ts';

const ownerFile = 'owner.json';

const schema = z.object({
  /** `kept`: the attempt is over and its folder stays for a person to look at. */
  state: z.enum(['running', 'kept']),
  host: z.string(),
  pid: z.int().positive(),
  start: z.string().optional(),
  space: z.string(),
  /** ISO 8601. */
  since: z.string(),
});

/** Whose a work directory is: `owner.json` in it. */
export type WorkOwner = Readonly<z.infer<typeof schema>>;

/** Writes who owns a work directory, or that nobody does any more; what a crash leaves is the former text or the new one. */
export async function writeOwner(
  directory: string,
  options: { readonly owner: WorkOwner; readonly fileSystem: FileSystem },
): Promise<void> {
  const { owner, fileSystem } = options;
  const path = join(directory, ownerFile);
  await fileSystem.writeFile(`${path}.new`, `${JSON.stringify(owner, undefined, 2)}\n`);
  await fileSystem.rename(`${path}.new`, path);
}

/**
 * Whether nobody works in a directory any more: its attempt was kept, or its process is gone. A directory whose owner cannot be
 * read, or runs where it cannot be seen, is taken to be in use.
 */
export async function isAbandoned(
  directory: string,
  options: { readonly self: ProcessIdentity; readonly fileSystem: FileSystem },
): Promise<boolean> {
  const { self, fileSystem } = options;
  const owner = parse(await read(join(directory, ownerFile), fileSystem));
  if (owner === undefined) return false;
  if (owner.state === 'kept') return true;
  const { pid, start, space } = owner;
  const other = { pid, space, ...(start === undefined ? {} : { start }) };
  return (await liveness(other, { self, fileSystem })) === 'gone';
}

async function read(path: string, fileSystem: FileSystem): Promise<string> {
  try {
    return await fileSystem.readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}

function parse(text: string): WorkOwner | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // SyntaxError: somebody else wrote it; the caller treats the directory as in use.
    return undefined;
  }
  return schema.safeParse(json).data;
}
