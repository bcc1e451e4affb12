import { CaldpError } from '../errors/caldp-error.ts';
import type { BestReferences } from './best-references.ts';
import { cacheFailure } from './cache/cache-failure.ts';
import { cachedState } from './cache/cached-file.ts';
import { referenceLayout } from './cache/reference-layout.ts';
import { referencePath, type ReferenceLayout } from './configuration/cache-layout.ts';
import type { CacheFolders } from './configuration/crds-settings.ts';
import type { CrdsTools } from './crds-tools.ts';
import { contextClosure } from './rules/context-closure.ts';
import { rulesCache } from './cache/rules-cache.ts';

/** What is in use and what is missing, for `caldp crds info`. */
export interface CrdsReport {
  readonly context: string | undefined;
  readonly server: {
    readonly url: string;
    /** `asked`: it answered; `not-asked`: its address says serverless, or it cannot be reached. */
    readonly status: 'asked' | 'not-asked';
    readonly badFiles: number;
  };
  readonly cache: CacheFolders & {
    readonly layout: ReferenceLayout;
    readonly isReadOnly: boolean;
  };
  readonly references: { readonly named: number; readonly present: number; readonly bytes: number };
  /** What cannot be used, one full sentence each. */
  readonly problems: readonly string[];
}

/**
 * Tells what reference assignment works with. Reads all rules of the context and asks for the size of every reference in the cache;
 * what fails is told as a problem, not thrown. Rules that are missing are fetched where the settings let them be.
 */
export async function crdsReport(
  tools: CrdsTools,
  best: BestReferences,
  options: { readonly signal: AbortSignal },
): Promise<CrdsReport> {
  const problems: string[] = [];
  const attempt = <T>(work: Promise<T>): Promise<T | undefined> =>
    collected(work, { problems, tools });
  const context = await attempt(best.context());
  const info = await attempt(tools.info());
  const layout = (await attempt(referenceLayout(tools.settings, tools))) ?? 'instrument';
  const reader = rulesCache(tools);
  const closure =
    context === undefined
      ? undefined
      : await attempt(contextClosure(context, { read: (name) => reader.read(name, options) }));
  return {
    context,
    server: {
      url: tools.settings.serverUrl,
      status: info?.connected === true ? 'asked' : 'not-asked',
      badFiles: info?.badFiles.size ?? 0,
    },
    cache: { ...tools.settings.folders, layout, isReadOnly: tools.settings.isReadOnly },
    references: (await attempt(
      countReferences(closure?.references ?? [], { ...options, tools, layout }),
    )) ?? { named: closure?.references.length ?? 0, present: 0, bytes: 0 },
    problems,
  };
}

async function collected<T>(
  work: Promise<T>,
  { problems, tools }: { readonly problems: string[]; readonly tools: CrdsTools },
): Promise<T | undefined> {
  try {
    return await work;
  } catch (thrown) {
    const error = cacheFailure(thrown, tools);
    if (!(error instanceof CaldpError)) throw error;
    if (!problems.includes(error.message)) problems.push(error.message);
    return undefined;
  }
}

async function countReferences(
  names: readonly string[],
  options: {
    readonly tools: CrdsTools;
    readonly layout: ReferenceLayout;
    readonly signal: AbortSignal;
  },
): Promise<CrdsReport['references']> {
  const { tools, layout, signal } = options;
  let present = 0;
  let bytes = 0;
  for (const name of names) {
    const path = referencePath(name, { settings: tools.settings, layout });
    const expected = { size: undefined, sha1: undefined };
    const state = await cachedState(path, {
      fileSystem: tools.fileSystem,
      expected,
      verify: 'size',
      signal,
    });
    if (state.status === 'good') {
      present += 1;
      bytes += state.size;
    }
  }
  return { named: names.length, present, bytes };
}
