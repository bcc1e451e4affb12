import { z } from 'zod';

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
