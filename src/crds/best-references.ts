import { CaldpError } from '../errors/caldp-error.ts';
import type { AssignOptions, FileAssignment } from './assign-references.ts';
import { cacheFailure } from './cache/cache-failure.ts';
import { rulesCache } from './cache/rules-cache.ts';
import type { CrdsTools } from './crds-tools.ts';
import { fileLookup, refuseUnreadable, unreadableFile, type FileLookup } from './file-lookup.ts';
import type { ExposureHeader } from './headers/exposure-header.ts';
import { headerInstrument } from './rules/header-instrument.ts';
import { lookUpHeader, type HeaderLookup } from './rules/header-lookup.ts';
import type { RawHeader } from './rules/lookup-header.ts';
import { RulesLibrary } from './rules/rules-library.ts';
import { resolveContext } from './server/resolve-context.ts';

/**
 * Best references by the rules of one context, for as many files and headers as come. Rules are read when they are first needed and
 * kept parsed.
 *
 * @example
 * const crds = openCrds(crdsSettings(process.env), { signal, warn });
 * const best = new BestReferences(crds, { context: undefined, signal });
 * await best.assign('j8bt05njq_raw.fits', { version: 'caldp 1.0', signal });
 */
export class BestReferences {
  readonly #tools: CrdsTools;
  readonly #rules: RulesLibrary;
  readonly #signal: AbortSignal;
  readonly #spec: string | undefined;
  #context: Promise<string> | undefined;

  /** @param options `context` comes before `CRDS_CONTEXT`; without both the operational context holds. */
  constructor(
    tools: CrdsTools,
    options: { readonly context: string | undefined; readonly signal: AbortSignal },
  ) {
    this.#tools = tools;
    this.#signal = options.signal;
    this.#spec = options.context ?? tools.settings.context;
    this.#rules = new RulesLibrary(rulesCache(tools), {
      ignoreChecksum: tools.settings.ignoresMappingChecksum,
      signal: options.signal,
    });
  }

  /**
   * The file name of the context in use.
   *
   * @throws CaldpError `CRDS_CONTEXT_UNKNOWN`, and those of the server's configuration.
   */
  async context(): Promise<string> {
    this.#context ??= resolveContext(this.#spec, { ...this.#tools, signal: this.#signal });
    try {
      return await this.#context;
    } catch (error) {
      this.#context = undefined;
      throw cacheFailure(error, this.#tools);
    }
  }

  /**
   * Looks up every type of reference for a header.
   *
   * @throws UnansweredError when the header names no instrument of the context; CaldpError when rules cannot be used.
   */
  async lookUp(
    header: RawHeader,
    options: { readonly signal: AbortSignal },
  ): Promise<HeaderLookup> {
    return this.#lookUp({ values: header, unreadable: new Map() }, options);
  }

  /**
   * Looks up every type of reference for a FITS file and changes nothing.
   *
   * @throws As `lookUp`, and CaldpError `CRDS_HEADER_INVALID` when the file cannot be read.
   */
  async lookUpFile(path: string, options: { readonly signal: AbortSignal }): Promise<FileLookup> {
    // Loaded when it is needed, as what assigns is: a question about headers alone is to be answered fast.
    const { readExposureHeader } = await import('./headers/exposure-header.ts');
    try {
      const header = await readExposureHeader(path, options);
      const lookup = await this.#lookUp(header, options);
      return fileLookup(lookup, { path, values: header.values });
    } catch (error) {
      throw unreadableFile(error, path);
    }
  }

  /**
   * Assigns references to a FITS file: looks them up, brings them into the cache and verifies them, then writes the header, so that no
   * header ever names a reference that is not there.
   *
   * @throws CaldpError `CRDS_REFERENCE_FAILED` when a reference cannot be chosen that a step to be performed needs, and as
   *   `lookUpFile` and `ensureReferences`. The file is then as it was.
   */
  async assign(path: string, options: AssignOptions): Promise<FileAssignment> {
    const lookup = await this.lookUpFile(path, options);
    const { assignReferences } = await import('./assign-references.ts');
    try {
      return await assignReferences(lookup, this.#tools, options);
    } catch (error) {
      throw cacheFailure(error, this.#tools);
    }
  }

  async #lookUp(
    header: Omit<ExposureHeader, 'values'> & { readonly values: RawHeader },
    options: { readonly signal: AbortSignal },
  ): Promise<HeaderLookup> {
    const context = await this.context();
    const instrument = headerInstrument(header.values);
    try {
      const rules = await this.#rules.instrument(instrument, { context, signal: options.signal });
      refuseUnreadable(header, rules.keywords);
      const badFiles = await this.#badFiles();
      return lookUpHeader(rules, header.values, { context, instrument, badFiles });
    } catch (error) {
      throw cacheFailure(error, this.#tools);
    }
  }

  /** Rules in a cache can be used without any configuration; then nobody tells which are bad. */
  async #badFiles(): Promise<ReadonlySet<string>> {
    try {
      return (await this.#tools.info()).badFiles;
    } catch (error) {
      if (error instanceof CaldpError && error.code === 'CRDS_CONFIG_INVALID') return new Set();
      throw error;
    }
  }
}
