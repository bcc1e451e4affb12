import type { Bucket } from '../../stores/s3/bucket.ts';
import { listObjects } from '../../stores/s3/list-objects.ts';
import { fingerprint } from './fingerprint.ts';

/** A message that asks for a dataset. */
export interface Submission {
  readonly key: string;
  /** What should be the name of a dataset. */
  readonly text: string;
  readonly fingerprint: number;
  readonly modified: Date;
}

/** What the keys of such messages begin with. */
const starts = {
  tree: ['messages/dataset-submitted/'],
  calcloud: ['messages/submit-', 'messages/placed-'],
} as const;

/** The messages of a layout that ask for datasets. Bodies are not looked at. */
export async function* submissions(
  bucket: Bucket,
  { layout, signal }: { readonly layout: keyof typeof starts; readonly signal: AbortSignal },
): AsyncGenerator<Submission> {
  for (const start of starts[layout]) {
    for await (const object of listObjects(bucket, { start, flat: true, signal })) {
      const text = object.key.slice(start.length);
      if (text === '') continue;
      // The same message put again asks again, although its content is the same.
      const { key, modified } = object;
      const etag = `${object.etag} ${modified.getTime().toFixed()}`;
      yield { key, text, modified, fingerprint: fingerprint({ ...object, etag }) };
    }
  }
}
