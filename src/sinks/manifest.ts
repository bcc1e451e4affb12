import { z } from 'zod';
import { CaldpError } from '../errors/caldp-error.ts';
import { parseRecord } from './parse-record.ts';

const fileDigest = z.strictObject({
  name: z.string().min(1),
  size: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const time = z.iso.datetime();

const manifestSchema = z.object({
  format: z.literal('caldp-manifest'),
  version: z.literal(1),
  dataset: z.string().min(1),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  attempt: z.int().positive(),
  started: time,
  finished: time,
  threads: z.int().positive(),
  context: z.string().nullable(),
  programs: z.record(z.string(), z.string()),
  configuration: z.record(z.string(), z.string()),
  inputs: z.array(fileDigest),
  references: z.array(fileDigest),
  outputs: z.array(fileDigest),
  logs: z.array(fileDigest),
  tarball: fileDigest.exactOptional(),
});

type Deep<T> = T extends object ? { readonly [K in keyof T]: Deep<T[K]> } : T;

/**
 * What a published dataset was made from and what it consists of; the file `manifest.json`, written after everything
 * it names.
 *
 * - `key`: the resume key, see `resumeKey`.
 * - `inputs`: the sources of the dataset, as `DatasetInputs.identify` answers them.
 * - `context`: the CRDS context, null where no reference was assigned.
 * - `programs`: version by program name. `configuration`: what the user chose that changes products, by option name.
 * - `outputs`: science files, previews and environment, names relative to the dataset's folder (`previews/x.jpg`); `logs` likewise.
 * - `tarball`: where the layout packs the science files, previews and environment, the file that holds them.
 */
export type Manifest = Deep<z.infer<typeof manifestSchema>>;

/**
 * Reads the text of a manifest.
 *
 * @throws CaldpError `MANIFEST_UNREADABLE` that says what is wrong; `origin` tells where the text is from.
 */
export function parseManifest(text: string, options: { readonly origin: string }): Manifest {
  const parsed = parseRecord(text, { schema: manifestSchema });
  if (parsed.status === 'ok') return parsed.record;
  throw new CaldpError(`The manifest \`${options.origin}\` cannot be read: ${parsed.problem}.`, {
    code: 'MANIFEST_UNREADABLE',
    advice: 'Process the dataset again; its manifest is then written anew.',
  });
}

/** Writes a manifest as JSON, two spaces, keys in a fixed order: equal manifests give equal bytes. */
export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(canonicalManifest(manifest), undefined, 2)}\n`;
}

/** A manifest with its keys in a fixed order, its lists in the order of names and nothing else in them. */
export function canonicalManifest(manifest: Manifest): Manifest {
  return {
    format: manifest.format,
    version: manifest.version,
    dataset: manifest.dataset,
    key: manifest.key,
    attempt: manifest.attempt,
    started: manifest.started,
    finished: manifest.finished,
    threads: manifest.threads,
    context: manifest.context,
    programs: byName(manifest.programs),
    configuration: byName(manifest.configuration),
    inputs: digests(manifest.inputs),
    references: digests(manifest.references),
    outputs: digests(manifest.outputs),
    logs: digests(manifest.logs),
    ...(manifest.tarball === undefined ? {} : { tarball: digest(manifest.tarball) }),
  };
}

type Digest = Manifest['outputs'][number];

const digest = ({ name, size, sha256 }: Digest): Digest => ({ name, size, sha256 });

const digests = (files: readonly Digest[]): readonly Digest[] =>
  files.map(digest).sort((a, b) => order(a.name, b.name));

const byName = (record: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => order(a, b)));

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
