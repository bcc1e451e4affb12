import { basename } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { Warning } from '../errors/warning.ts';
import { FitsError } from '../fits/fits-error.ts';
import type { HeaderUpdateResult } from '../fits/update-header.ts';
import {
  ensureReferences,
  type EnsureOptions,
  type ReferenceFile,
} from './cache/reference-cache.ts';
import { rulesCache } from './cache/rules-cache.ts';
import { crdsError } from './crds-error.ts';
import type { CrdsTools } from './crds-tools.ts';
import { readExposureHeader, type ExposureHeader } from './headers/exposure-header.ts';
import { writeReferences, type ReferenceKeywords } from './headers/write-references.ts';
import { headerInstrument } from './rules/header-instrument.ts';
import { lookUpHeader, type HeaderLookup } from './rules/header-lookup.ts';
import type { RawHeader } from './rules/lookup-header.ts';
import { RulesLibrary } from './rules/rules-library.ts';
import { resolveContext } from './server/resolve-context.ts';

/** What the rules say about one file, beside what its header says now. */
export interface FileLookup extends HeaderLookup {
  readonly path: string;
  /** Values of the keywords of `updates` as the file has them; absent ones are left out. */
  readonly current: ReadonlyMap<string, string>;
}

/** A file whose references were assigned. */
export interface FileAssignment extends FileLookup {
  readonly references: readonly ReferenceFile[];
  readonly header: HeaderUpdateResult;
}

/** How references are assigned to a file. */
export interface AssignOptions extends EnsureOptions {
  /** For CRDS_VER, at most 67 characters. */
  readonly version: string;
  /** Further keywords to set in the same go. */
  readonly others?: NonNullable<ReferenceKeywords['others']>;
  /** What becomes of a CHECKSUM that the header has; default `renew`. */
  readonly checksums?: 'renew' | 'keep';
}

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
      throw error;
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
    try {
      const header = await readExposureHeader(path, options);
      const lookup = await this.#lookUp(header, options);
      return { ...lookup, path, current: currentValues(lookup, header.values) };
    } catch (error) {
      throw explained(error, path);
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
    refuseFailures(lookup);
    const names = lookup.updates.flatMap(({ file }) => file ?? []);
    const references = await ensureReferences(names, this.#tools, options);
    try {
      const { context, updates } = lookup;
      const keywords = { ...options, context, references: updates };
      const header = await writeReferences(path, keywords, options);
      return { ...lookup, warnings: allWarnings(lookup), references, header };
    } catch (error) {
      throw explained(error, path);
    }
  }

  async #lookUp(
    header: Omit<ExposureHeader, 'values'> & { readonly values: RawHeader },
    options: { readonly signal: AbortSignal },
  ): Promise<HeaderLookup> {
    const context = await this.context();
    const instrument = headerInstrument(header.values);
    const rules = await this.#rules.instrument(instrument, { context, signal: options.signal });
    refuseUnreadable(header, rules.keywords);
    const badFiles = await this.#badFiles();
    return lookUpHeader(rules, header.values, { context, instrument, badFiles });
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

function currentValues(
  lookup: HeaderLookup,
  values: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map(
    lookup.updates.flatMap(({ keyword }) => {
      const value = values[keyword];
      return value === undefined ? [] : [[keyword, value] as const];
    }),
  );
}

function refuseUnreadable(
  { unreadable }: Pick<ExposureHeader, 'unreadable'>,
  keywords: readonly string[],
): void {
  const keyword = keywords.find((name) => unreadable.has(name));
  if (keyword === undefined) return;
  throw crdsError('CRDS_HEADER_INVALID', {
    message: `The keyword ${keyword}, by which references are chosen, holds \`${unreadable.get(keyword) ?? ''}\`, which is no FITS value.`,
    advice: 'Fetch the file again from the archive.',
  });
}

function refuseFailures({ path, failures }: FileLookup): void {
  const needed = failures.filter(({ performedBy }) => performedBy !== undefined);
  if (needed.length === 0) return;
  const list = needed.map(
    ({ keyword, performedBy, reason }) => `${keyword} (${performedBy ?? ''} is PERFORM): ${reason}`,
  );
  throw crdsError('CRDS_REFERENCE_FAILED', {
    message: `No reference can be chosen for \`${basename(path)}\` that a calibration step needs: ${list.join('; ')}.`,
    advice:
      'Check the header (`caldp bestrefs FILE` shows all lookups), or set the step of that switch to OMIT.',
  });
}

function allWarnings({ path, warnings, failures }: FileLookup): readonly Warning[] {
  const failed = failures.map(({ keyword, reason }) => ({
    code: 'CRDS_LOOKUP_FAILED',
    message: `No reference was chosen for ${keyword} of \`${basename(path)}\`, which stays as it is: ${reason}.`,
  }));
  return [...warnings, ...failed];
}

function explained(error: unknown, path: string): unknown {
  if (!(error instanceof FitsError)) return error;
  return crdsError('CRDS_HEADER_INVALID', {
    message: `References cannot be assigned to \`${basename(path)}\`: ${error.message}`,
    advice: 'Fetch the file again from the archive.',
    cause: error,
  });
}
