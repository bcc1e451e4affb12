import { createHash } from 'node:crypto';
import type { FileDigest } from '../ports/file-digest.ts';
import type { Manifest } from './manifest.ts';

/** What decides whether a dataset must be processed again. */
export interface Situation {
  readonly inputs: readonly FileDigest[];
  /** The CRDS context, null where no reference is assigned. */
  readonly context: string | null;
  /** Version by program name. */
  readonly programs: Readonly<Record<string, string>>;
  /** What the user chose that changes products, by option name. */
  readonly configuration: Readonly<Record<string, string>>;
}

type Values = Readonly<Record<string, string>>;

/** A digest over a situation: two situations with the same key make the same products. Hexadecimal SHA-256. */
export function resumeKey(situation: Situation): string {
  const parts = [
    ['inputs', entries(fingerprints(situation.inputs))],
    ['context', situation.context],
    ['programs', entries(situation.programs)],
    ['configuration', entries(situation.configuration)],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * Says why a published dataset would be processed again, one reason a line; empty when its key is that of the situation.
 *
 * @example
 * explainDifferences(manifest, situation); // ['program `calacs.e` 10.5.0 → 10.6.0', 'input `j8bt05njq_raw.fits` changed']
 */
export function explainDifferences(manifest: Manifest, situation: Situation): readonly string[] {
  const context = {
    before: manifest.context ?? 'none',
    now: situation.context ?? 'none',
  };
  return [
    ...changes(fingerprints(manifest.inputs), fingerprints(situation.inputs), {
      added: (name) => `input \`${name}\` is new`,
      removed: (name) => `input \`${name}\` is gone`,
      changed: (name) => `input \`${name}\` changed`,
    }),
    ...(manifest.context === situation.context
      ? []
      : [`CRDS context ${context.before} → ${context.now}`]),
    ...named('program', manifest.programs, situation.programs),
    ...named('option', manifest.configuration, situation.configuration),
  ];
}

function named(kind: string, before: Values, now: Values): readonly string[] {
  return changes(before, now, {
    added: (name, value) => `${kind} \`${name}\` ${value} was not used before`,
    removed: (name, value) => `${kind} \`${name}\` ${value} is not used any more`,
    changed: (name, from, to) => `${kind} \`${name}\` ${from} → ${to}`,
  });
}

function changes(
  before: Values,
  now: Values,
  words: {
    readonly added: (name: string, value: string) => string;
    readonly removed: (name: string, value: string) => string;
    readonly changed: (name: string, from: string, to: string) => string;
  },
): readonly string[] {
  const [was, is] = [new Map(entries(before)), new Map(entries(now))];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((name) => {
    const [from, to] = [was.get(name), is.get(name)];
    if (from === to) return [];
    if (from === undefined) return [words.added(name, to ?? '')];
    return [to === undefined ? words.removed(name, from) : words.changed(name, from, to)];
  });
}

function fingerprints(files: readonly FileDigest[]): Values {
  return Object.fromEntries(files.map(({ name, size, sha256 }) => [name, `${size} ${sha256}`]));
}

const entries = (values: Values): readonly (readonly [string, string])[] =>
  Object.entries(values).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
