import type { FileSystem } from '../../ports/file-system.ts';
import { checkWholeFits } from '../../fits/check-whole.ts';
import type { Header } from '../../fits/header.ts';
import { AssociationError } from '../../hst/association-error.ts';
import { readAssociation } from '../../hst/read-association.ts';
import { CaldpError } from '../../errors/caldp-error.ts';
import { parsePoller } from '../../inputs/parse-poller.ts';
import type { FileFacts } from './file-facts.ts';
import { pathOf, type SeenFile } from './seen-file.ts';
import { tarballFacts } from './tarball-facts.ts';

const largestPoller = 16 * 1024 * 1024;

/** Finds out what files are, once for each version of them; only headers and tables are read. */
export class FileFactsCache {
  readonly #facts = new WeakMap<SeenFile, FileFacts>();
  readonly #fileSystem: FileSystem;

  constructor({ fileSystem }: { readonly fileSystem: FileSystem }) {
    this.#fileSystem = fileSystem;
  }

  /** What is known already. */
  known(file: SeenFile): FileFacts | undefined {
    return this.#facts.get(file);
  }

  async of(file: SeenFile, { signal }: { readonly signal: AbortSignal }): Promise<FileFacts> {
    const known = this.#facts.get(file);
    if (known !== undefined) return known;
    const facts = await this.#find(file, signal);
    if (facts.status === 'whole' || facts.lasting) this.#facts.set(file, facts);
    return facts;
  }

  async #find(file: SeenFile, signal: AbortSignal): Promise<FileFacts> {
    try {
      if (file.name.endsWith('.fits')) return await factsOfFits(file, signal);
      if (file.role.kind === 'packed') {
        return await tarballFacts(pathOf(file), { fileSystem: this.#fileSystem, signal });
      }
      if (file.name.endsWith('_input.out')) return await this.#factsOfPoller(file);
      return { status: 'whole' };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AssociationError || error instanceof CaldpError) {
        return { status: 'bad', reason: error.message, lasting: true };
      }
      if (!(error instanceof Error && 'code' in error)) throw error;
      const reason = `\`${pathOf(file)}\` cannot be read: ${error.message}.`;
      return { status: 'bad', reason, lasting: false };
    }
  }

  async #factsOfPoller(file: SeenFile): Promise<FileFacts> {
    const path = pathOf(file);
    const { size } = await this.#fileSystem.stat(path);
    if (size > largestPoller) {
      const reason = `The poller file \`${path}\` has ${size} bytes; it cannot be one.`;
      return { status: 'bad', reason, lasting: true };
    }
    const text = await this.#fileSystem.readFile(path, 'utf8');
    return { status: 'whole', exposures: parsePoller(text, { file: file.name }) };
  }
}

async function factsOfFits(file: SeenFile, signal: AbortSignal): Promise<FileFacts> {
  const path = pathOf(file);
  const check = await checkWholeFits(path, { signal });
  if (check.status === 'damaged') {
    const reason = `\`${path}\` is not a whole FITS file: ${check.error.message}`;
    return { status: 'bad', reason, lasting: true };
  }
  if (file.name.endsWith('_asn.fits')) {
    return { status: 'whole', association: readAssociation(path) };
  }
  const memberOf = associationOf(check.file.hdus[0]?.header);
  return { status: 'whole', ...(memberOf === undefined ? {} : { memberOf }) };
}

function associationOf(header: Header | undefined): string | undefined {
  const value = header?.card('ASN_ID')?.value;
  if (value?.kind !== 'string') return undefined;
  const id = value.value.trim().toLowerCase();
  return /^[a-z][a-z0-9]{8}$/.test(id) ? id : undefined;
}
