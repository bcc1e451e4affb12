import { z } from 'zod';

/** `problem` is half a sentence for people. */
export type ParsedRecord<T> =
  | { readonly status: 'ok'; readonly record: T }
  | { readonly status: 'unreadable'; readonly problem: string };

/** Reads JSON that another process wrote, or may not have written to its end. */
export function parseRecord<T>(
  body: Uint8Array | string,
  options: { readonly schema: z.ZodType<T> },
): ParsedRecord<T> {
  let value: unknown;
  try {
    value = JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));
  } catch (error) {
    return {
      status: 'unreadable',
      problem: error instanceof Error ? error.message : String(error),
    };
  }
  const result = options.schema.safeParse(value);
  if (result.success) return { status: 'ok', record: result.data };
  return {
    status: 'unreadable',
    problem: z.prettifyError(result.error).replaceAll(/\s*\n\s*/g, ' '),
  };
}
