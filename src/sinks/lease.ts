import { z } from 'zod';

const leaseSchema = z.object({
  dataset: z.string(),
  host: z.string(),
  space: z.string(),
  pid: z.int().positive(),
  start: z.string().optional(),
  nonce: z.string().min(1),
  attempt: z.int().positive(),
  claimed: z.iso.datetime(),
  heartbeat: z.iso.datetime(),
});

/**
 * What `dataset-processing/<id>` holds: who works on the dataset.
 *
 * - `space`: where `pid` is unique; two processes can see each other only where it is equal.
 * - `start`: when the process started, as the system counts; absent where the system does not tell.
 * - `nonce`: differs for every claim.
 */
export type Lease = Readonly<z.infer<typeof leaseSchema>>;
