import { z } from 'zod';
import type { FileSystem } from '../../ports/file-system.ts';
import { liveness, thisProcess, type ProcessIdentity } from '../../system/process-identity.ts';

/** Who holds a lock. */
export interface LockOwner extends Omit<ProcessIdentity, 'host'> {
  /** Different for every lock that one process takes. */
  readonly token: string;
}

/** An owner of another host or container shows that it lives by the time of the lock file. */
const silenceMs = 120_000;

const ownerShape = z.object({
  pid: z.number().int().positive(),
  start: z.string().optional(),
  space: z.string(),
  token: z.string(),
});

/** Reads the text of a lock; undefined when it names no owner. */
export function parseOwner(text: string): LockOwner | undefined {
  try {
    const { start, ...owner } = ownerShape.parse(JSON.parse(text));
    return start === undefined ? owner : { ...owner, start };
  } catch {
    // Ignored: a SyntaxError or ZodError of a text that no version of this program wrote; its age decides.
    return undefined;
  }
}

/**
 * Whether a lock may be taken from its owner: a process of this machine that is over, or one elsewhere that has shown no life
 * for two minutes.
 */
export async function isStale(
  owner: LockOwner | undefined,
  options: { readonly ageMs: number; readonly fs: FileSystem },
): Promise<boolean> {
  if (owner === undefined) return options.ageMs > silenceMs;
  const { fs, ageMs } = options;
  switch (await liveness(owner, { self: await thisProcess({ fs }), fs })) {
    case 'gone':
      return true;
    case 'alive':
      return false;
    case 'unknown':
      return ageMs > silenceMs;
  }
}
