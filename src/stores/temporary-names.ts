import { randomBytes } from 'node:crypto';
import type { FileSystem } from '../ports/file-system.ts';
import { liveness, type ProcessIdentity } from '../system/process-identity.ts';

/** The name of the hidden folders that temporaries lie in; it is a temporary name itself, so that no key can have it. */
export const temporariesFolder = '.caldp-tmp';

/** `tmp` is not yet complete; `old` was complete and has been put aside. */
type TemporaryKind = 'tmp' | 'old';

/** What a temporary name tells. */
export interface TemporaryName {
  /** The name it is to have, or had. */
  readonly final: string;
  readonly kind: TemporaryKind;
  readonly owner: Omit<ProcessIdentity, 'host'>;
  readonly instance: string;
}

const pattern =
  /^\.(?<final>.+)\.(?<space>[0-9a-f]{16})-(?<pid>\d+)-(?<start>\d*)-(?<instance>[0-9a-f]{8})-[0-9a-z]+\.caldp-(?<kind>tmp|old)$/s;

/** How long a temporary of a process that cannot be seen must have been untouched before it counts as abandoned. */
const abandonedAfter = 24 * 60 * 60 * 1000;

/** Reads a file name; undefined when it is no temporary name. */
export function parseTemporaryName(name: string): TemporaryName | undefined {
  const groups = pattern.exec(name)?.groups;
  if (groups === undefined) return undefined;
  const { final = '', space = '', pid = '', start = '', instance = '', kind } = groups;
  return {
    final,
    kind: kind === 'old' ? 'old' : 'tmp',
    owner: { space, pid: Number(pid), ...(start === '' ? {} : { start }) },
    instance,
  };
}

/**
 * The temporary names of one store object. A name contains the final name, so that a person sees what it was to become,
 * and the process that made it, so that what crashed processes left can be told from work in progress.
 */
export class TemporaryNames {
  readonly #self: ProcessIdentity;
  readonly #fileSystem: FileSystem;
  readonly #instance = randomBytes(4).toString('hex');
  readonly #inUse = new Set<string>();
  #made = 0;

  constructor(options: { readonly self: ProcessIdentity; readonly fileSystem: FileSystem }) {
    this.#self = options.self;
    this.#fileSystem = options.fileSystem;
  }

  /** Makes a name and holds it as in use until `release`. */
  make(final: string, kind: TemporaryKind): string {
    const { space, pid, start = '' } = this.#self;
    this.#made += 1;
    const name = `.${final}.${space}-${pid.toFixed()}-${start}-${this.#instance}-${this.#made.toString(36)}.caldp-${kind}`;
    this.#inUse.add(name);
    return name;
  }

  release(name: string): void {
    this.#inUse.delete(name);
  }

  /** Whether nobody will ever finish what the name stands for. `modified` is its time of modification. */
  async isAbandoned(
    name: string,
    options: { readonly parsed: TemporaryName; readonly modified: Date },
  ): Promise<boolean> {
    const { parsed, modified } = options;
    if (parsed.instance === this.#instance) return !this.#inUse.has(name);
    switch (await liveness(parsed.owner, { self: this.#self, fileSystem: this.#fileSystem })) {
      case 'alive':
        return false;
      case 'gone':
        return true;
      case 'unknown':
        return Date.now() - modified.getTime() > abandonedAfter;
    }
  }
}
