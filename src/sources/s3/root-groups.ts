import { DatasetNameError } from '../../hst/dataset-name-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import { tryDatasetName } from '../../hst/try-dataset-name.ts';
import { instrumentOf } from '../../instruments/instrument-of.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import { listObjects, type S3Object } from '../../stores/s3/list-objects.ts';
import { fileRole, rootOf } from '../watch/file-role.ts';
import { combined, fingerprint } from './fingerprint.ts';

/** The objects of one root name that processing starts from, as a listing shows them: they stand side by side. */
export interface RootGroup {
  /** What tells it from other groups: folder and root name. */
  readonly name: string;
  /** Changes when one of the objects does. */
  readonly fingerprint: number;
  readonly start: GroupStart;
}

/** What a group stands for. */
export type GroupStart =
  /** A dataset by itself: an association table, a poller file or a tarball is there. */
  | { readonly kind: 'dataset'; readonly dataset: DatasetName }
  /** An exposure, which may be a member of an association; its header tells. */
  | { readonly kind: 'exposure'; readonly dataset: DatasetName; readonly raw: S3Object }
  /** Named like a dataset that cannot be processed. */
  | { readonly kind: 'refused'; readonly text: string; readonly error: DatasetNameError }
  | { readonly kind: 'none' };

/** Folders of message and data trees, in which no inputs are. */
const trees = new Set(['messages', 'data', 'outputs', 'control']);

/**
 * The groups at the top of a bucket and in its folders `<id>/`, in the order of their keys; other folders are leapt over. Asks for the
 * next page of the listing only when it is wanted; holds one page.
 */
export async function* rootGroups(
  bucket: Bucket,
  { signal }: { readonly signal: AbortSignal },
): AsyncGenerator<RootGroup> {
  let group: RootGroup | undefined;
  for await (const object of inputObjects(bucket, { signal })) {
    const cut = object.key.lastIndexOf('/') + 1;
    const start = startOf(object, object.key.slice(cut));
    if (start === undefined) continue;
    const name = nameOf(object.key, { cut });
    const next = { name, fingerprint: fingerprint(object), start };
    if (group?.name === name) {
      group = joined(group, next);
    } else {
      if (group !== undefined) yield group;
      group = next;
    }
  }
  if (group !== undefined) yield group;
}

/** The name of the group that a key belongs to. */
export function groupOf(key: string): string {
  return nameOf(key, { cut: key.lastIndexOf('/') + 1 });
}

/** Whether an object is one that a group is made of. */
export function isInput(object: S3Object): boolean {
  return startOf(object, object.key.slice(object.key.lastIndexOf('/') + 1)) !== undefined;
}

function nameOf(key: string, { cut }: { readonly cut: number }): string {
  return key.slice(0, cut) + rootOf(key.slice(cut));
}

function joined(a: RootGroup, b: RootGroup): RootGroup {
  const order = ['dataset', 'exposure', 'refused', 'none'];
  const first = order.indexOf(a.start.kind) <= order.indexOf(b.start.kind) ? a : b;
  return { ...first, fingerprint: combined(a.fingerprint, b.fingerprint) };
}

async function* inputObjects(
  bucket: Bucket,
  { signal }: { readonly signal: AbortSignal },
): AsyncGenerator<S3Object> {
  let after: string | undefined;
  for (;;) {
    let leap: string | undefined;
    const from = after === undefined ? {} : { after };
    for await (const object of listObjects(bucket, { start: '', signal, ...from })) {
      const [folder = '', name, ...deeper] = object.key.split('/');
      if (name !== undefined && (deeper.length > 0 || !mayHoldInputs(folder))) {
        leap = `${deeper.length > 0 && mayHoldInputs(folder) ? `${folder}/${name}` : folder}/\u{10FFFF}`;
        break;
      }
      yield object;
    }
    if (leap === undefined) return;
    after = leap;
  }
}

function mayHoldInputs(folder: string): boolean {
  return !trees.has(folder) && datasetOf(folder) !== undefined;
}

function startOf(object: S3Object, name: string): GroupStart | undefined {
  const packed = /^(.+?)(?:[._-].*)?\.tar\.gz$/.exec(name)?.[1];
  if (packed !== undefined) {
    const dataset = datasetOf(packed) ?? datasetOf(name.replace(/\.tar\.gz$/, ''));
    return dataset === undefined ? undefined : { kind: 'dataset', dataset };
  }
  const role = fileRole(name);
  switch (role?.kind) {
    case 'start':
      return /_(asn\.fits|input\.out)$/.test(name)
        ? { kind: 'dataset', dataset: role.dataset }
        : { kind: 'exposure', dataset: role.dataset, raw: object };
    case 'refused':
      return { kind: 'refused', text: role.root, error: role.error };
    case 'part':
      return isSupportFile(name, role.root) ? { kind: 'none' } : undefined;
    default:
      return undefined;
  }
}

/** A file that is brought with a dataset; products of earlier runs are none. */
function isSupportFile(name: string, root: string): boolean {
  const dataset = datasetOf(root);
  if (dataset === undefined) return false;
  const suffix = /_([a-z0-9_]+)\.fits$/.exec(name)?.[1];
  return suffix === undefined || instrumentOf(dataset).inputs.includes(suffix);
}

/** The dataset that a text names, written just as its id. */
function datasetOf(text: string): DatasetName | undefined {
  const dataset = tryDatasetName(text);
  return dataset instanceof DatasetNameError || dataset.id !== text ? undefined : dataset;
}
