import type { FileSystem } from '../../ports/file-system.ts';
import { jsonFields } from '../json/json-fields.ts';
import { liveness, type ProcessIdentity } from '../../system/process-identity.ts';

/** Who holds a lock. */
export interface LockOwner extends ProcessIdentity {
  /** Different for every lock that one process takes. */
  readonly token: string;
}

/** An owner of another host or container shows that it lives by the time of the lock file. */
const silenceMs = 120_000;

/** Reads the text of a lock; undefined when it names no owner. */
export function parseOwner(text: string): LockOwner | undefined {
  const fields = parsedFields(text);
  const [host, space, token, start] = ['host', 'space', 'token', 'start'].map((key) => {
    const value = fields?.get(key);
    return typeof value === 'string' ? value : undefined;
  });
  const pid = fields?.get('pid');
  if (host === undefined || space === undefined || token === undefined) return undefined;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return { host, space, token, pid, ...(start === undefined ? {} : { start }) };
}

function parsedFields(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    return jsonFields(JSON.parse(text));
  } catch {
    // Ignored: the SyntaxError of a text that no version of this program wrote; its age decides.
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
    readonly fileSystem: FileSystem;
  },
): Promise<boolean> {
  const { self, fileSystem } = options;
  const state = owner === undefined ? 'unknown' : await liveness(owner, { self, fileSystem });
  return state === 'gone' || (state === 'unknown' && options.ageMs > silenceMs);
}
