import { CaldpError } from '../../errors/caldp-error.ts';
import type { Bucket } from './bucket.ts';
import { statusOf } from './s3-answer.ts';
import { s3Kind } from './s3-kind.ts';

/**
 * Turns what a call to S3 failed with into an error that says what was done, to what, and whether waiting helps: never for
 * credentials, permissions, quotas and what is missing; after a while for a service that is busy, broken or out of reach.
 * An error of ours, or one that has nothing to do with S3, is answered as it is.
 */
export function s3Error(
  error: unknown,
  options: { readonly doing: string; readonly key: string; readonly bucket: Bucket },
): unknown {
  if (error instanceof CaldpError || !(error instanceof Error)) return error;
  const kind = s3Kind(error);
  if (kind === undefined) return error;
  const { doing, key, bucket } = options;
  const what = key === '' ? `\`${bucket.uri}\`` : `\`${key}\` in \`${bucket.uri}\``;
  return new CaldpError(`Could not ${doing} ${what}: ${reasonOf(error)}.`, {
    ...kind,
    exit: bucket.exit,
    cause: error,
  });
}

/** A few servers answer without words; the first line of what there is says enough. */
function reasonOf(error: Error): string {
  const status = statusOf(error);
  const [line = ''] = error.message.split('\n');
  const words = line.replace(/\.+$/, '').slice(0, 300);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const name = ['Error', 'AggregateError'].includes(error.name) ? code : error.name;
  const parts = [name, words].filter(
    (part, index, all) => part !== '' && part !== 'UnknownError' && all.indexOf(part) === index,
  );
  return `${parts.join(', ')}${status === undefined ? '' : ` (HTTP ${status.toFixed()})`}`;
}
