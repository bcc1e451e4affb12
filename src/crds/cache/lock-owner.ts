import { z } from 'zod';
import type { FileSystem } from '../../ports/file-system.ts';
import { liveness, type ProcessIdentity } from '../../system/process-identity.ts';

/** Who holds a lock. */
export interface LockOwner extends ProcessIdentity {
  /** Different for every lock that one process takes. */
  readonly token: string;
}

/** An owner of another host or container shows that it lives by the time of the lock file. */
const silenceMs = 120_000;

const ownerShape = z.object({
  host: z.string(),
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
  options: {
    /** How long the lock has not been touched; to be taken after its text was read. */
    readonly ageMs: number;
    readonly self: ProcessIdentity;
    readonly files: FileSystem;
  },
): Promise<boolean> {
  const { self, files } = options;
  const state = owner === undefined ? 'unknown' : await liveness(owner, { self, fs: files });
  return state === 'gone' || (state === 'unknown' && options.ageMs > silenceMs);
}
