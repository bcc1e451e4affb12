import { parseMapping, type Mapping } from '../mappings/parse-mapping.ts';
import { pythonText } from '../python/python-text.ts';
import { untilAborted } from '../until-aborted.ts';
import { choiceAnswer } from './answer.ts';
import { mappingSelections } from './mapping-selections.ts';
import { referenceRules, type ReferenceRules } from './reference-rules.ts';
import type { RulesReader } from './rules-reader.ts';
import { UnansweredError } from './unanswered-error.ts';

/** The rules of one type of reference, or why an instrument has none. */
export type TypeRules = ReferenceRules | 'not-applicable' | 'omitted';

/** The rules of one instrument in one context, ready for lookups. */
export interface InstrumentRules {
  /** Lower case: `acs`. */
  readonly instrument: string;
  /** File name of the `.imap`. */
  readonly name: string;
  /** Type of reference to its rules, or why there are none; in the order of types. */
  readonly types: ReadonlyMap<string, TypeRules>;
  /** Every keyword that any of these rules looks at. */
  readonly keywords: readonly string[];
}

/** A context: which rules each instrument uses. */
export interface ContextRules {
  /** File name of the `.pmap`. */
  readonly name: string;
  /** Instrument in lower case to file name of its `.imap`. */
  readonly instruments: ReadonlyMap<string, string>;
}

/** Names that stand for another instrument. */
const aliases: ReadonlyMap<string, string> = new Map([['wfii', 'wfpc2']]);

/**
 * Rules read and parsed once for as long as the library lives, an instrument's when it is first asked for. Files that cannot be
 * read are asked for again the next time. Memory: about ten times the size of the rules, 5 MB for WFC3.
 */
export class RulesLibrary {
  readonly #reader: RulesReader;
  readonly #ignoreChecksum: boolean;
  readonly #signal: AbortSignal;
  readonly #contexts = new Map<string, Promise<ContextRules>>();
  readonly #instruments = new Map<string, Promise<InstrumentRules>>();
  readonly #references = new Map<string, Promise<ReferenceRules>>();

  /** @param options `signal` ends the reading of rules that several callers may wait for. */
  constructor(
    reader: RulesReader,
    options: { readonly ignoreChecksum: boolean; readonly signal: AbortSignal },
  ) {
    this.#reader = reader;
    this.#ignoreChecksum = options.ignoreChecksum;
    this.#signal = options.signal;
  }

  /**
   * The rules of a context, without those of its instruments.
   *
   * @throws CaldpError when they are missing or cannot be used.
   */
  context(name: string, options: { readonly signal: AbortSignal }): Promise<ContextRules> {
    const loading = remembered(this.#contexts, name, async () => {
      const selections = mappingSelections(await this.#mapping(name));
      return { name, instruments: new Map(selections) };
    });
    return untilAborted(loading, options.signal);
  }

  /**
   * The rules of one instrument, all its types; one that cannot be used fails them all, for an answer without it could be wrong.
   *
   * @param instrument In either case.
   * @throws CaldpError `CRDS_INSTRUMENT_UNKNOWN` when the context has none, or when rules are missing or cannot be used.
   */
  async instrument(
    instrument: string,
    options: { readonly context: string; readonly signal: AbortSignal },
  ): Promise<InstrumentRules> {
    const context = await this.context(options.context, options);
    const lower = instrument.toLowerCase();
    const known = aliases.get(lower) ?? lower;
    const name = context.instruments.get(known);
    if (name === undefined || choiceAnswer(name).status !== 'found') {
      throw unknownInstrument(known, context.name);
    }
    const loading = remembered(this.#instruments, name, () => this.#loadInstrument(known, name));
    return untilAborted(loading, options.signal);
  }

  async #loadInstrument(instrument: string, name: string): Promise<InstrumentRules> {
    const mapping = await this.#mapping(name);
    const selections = [...mappingSelections(mapping)].sort(([a], [b]) => (a < b ? -1 : 1));
    const types = await Promise.all(
      selections.map(async ([type, file]): Promise<readonly [string, TypeRules]> => {
        const { status } = choiceAnswer(file);
        if (status === 'not-applicable' || status === 'omitted') return [type, status];
        return [type, await this.#reference(file)];
      }),
    );
    const keywords = types.flatMap(([, rules]) =>
      typeof rules === 'string' ? [] : rules.keywords,
    );
    const all = new Set([
      'INSTRUME',
      'REFTYPE',
      ...mapping.header.names('extra_keys'),
      ...keywords,
    ]);
    return { instrument, name, types: new Map(types), keywords: [...all] };
  }

  #reference(name: string): Promise<ReferenceRules> {
    return remembered(this.#references, name, async () =>
      referenceRules(await this.#mapping(name)),
    );
  }

  async #mapping(name: string): Promise<Mapping> {
    const bytes = await this.#reader.read(name, { signal: this.#signal });
    return parseMapping(bytes, { name, ignoreChecksum: this.#ignoreChecksum });
  }
}

/** What is asked for once is kept, but not a failure. */
function remembered<T>(
  known: Map<string, Promise<T>>,
  name: string,
  load: () => Promise<T>,
): Promise<T> {
  const found = known.get(name);
  if (found !== undefined) return found;
  const loading = load();
  known.set(name, loading);
  loading.catch(() => {
    // The caller gets the error from the promise itself; here it only must not be kept.
    known.delete(name);
  });
  return loading;
}

function unknownInstrument(instrument: string, context: string): Error {
  return new UnansweredError(`The context \`${context}\` has no instrument \`${instrument}\`.`, {
    code: 'CRDS_INSTRUMENT_UNKNOWN',
    advice: 'Check the keyword INSTRUME of the file and the context (`CRDS_CONTEXT`).',
    answer: `Unknown instrument ${pythonText(instrument)} for context ${pythonText(context)}`,
  });
}
