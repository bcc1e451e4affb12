import { z } from 'zod';
import { parseRecord, type ParsedRecord } from './parse-record.ts';

const errorMessageSchema = z.object({
  dataset: z.string(),
  stage: z.string(),
  code: z.string(),
  exitCode: z.int(),
  message: z.string(),
  advice: z.string(),
  attempt: z.int().positive(),
  when: z.iso.datetime(),
});

/** What `dataset-error/<id>` holds: how the last attempt failed and what to do. */
export type ErrorMessage = Readonly<z.infer<typeof errorMessageSchema>>;

/** What the caller tells about a failure; the claim adds dataset, attempt and time. */
export type Failure = Omit<ErrorMessage, 'dataset' | 'attempt' | 'when'>;

/** Reads the body of an error message; garbage is answered, not thrown. */
export function parseErrorMessage(body: Uint8Array): ParsedRecord<ErrorMessage> {
  return parseRecord(body, { schema: errorMessageSchema });
}

/** Writes an error message as JSON, keys in a fixed order. */
export function formatErrorMessage(message: ErrorMessage): string {
  const { dataset, stage, code, exitCode, message: text, advice, attempt, when } = message;
  const ordered = { dataset, stage, code, exitCode, message: text, advice, attempt, when };
  return `${JSON.stringify(ordered, undefined, 2)}\n`;
}
