/** The HTTP status that an S3 server answered with, or undefined when it did not answer. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  return 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : undefined;
}

/** Whether the answer was that there is no such object. A missing bucket is something else. */
export function isNoObject(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ['NoSuchKey', 'NotFound'].includes(error.name);
}
