import { z } from 'zod';
import { parseRecord, type ParsedRecord } from './parse-record.ts';

const leaseSchema = z.object({
  dataset: z.string(),
  host: z.string(),
  space: z.string(),
  pid: z.int().positive(),
  start: z.string().exactOptional(),
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

/** Reads the body of a lease; garbage is answered, not thrown. */
export function parseLease(body: Uint8Array | string): ParsedRecord<Lease> {
  return parseRecord(body, { schema: leaseSchema });
}

/** The lease that a body is, or undefined when there is no body or it is no lease. */
export function leaseIn(body: Uint8Array | string | undefined): Lease | undefined {
  if (body === undefined) return undefined;
  const parsed = parseLease(body);
  return parsed.status === 'ok' ? parsed.record : undefined;
}

/** Writes a lease as JSON, keys in a fixed order. */
export function formatLease(lease: Lease): string {
  const { dataset, host, space, pid, start, nonce, attempt, claimed, heartbeat } = lease;
  const ordered = { dataset, host, space, pid, start, nonce, attempt, claimed, heartbeat };
  return `${JSON.stringify(ordered, undefined, 2)}\n`;
}

/** Who holds a lease, for people. */
export function describeLease(body: Uint8Array | string): string {
  const parsed = parseLease(body);
  if (parsed.status === 'unreadable')
    return `held by a lease that cannot be read: ${parsed.problem}`;
  const { pid, host, claimed, attempt } = parsed.record;
  return `held by process ${pid.toFixed()} on ${host} since ${claimed}, attempt ${attempt.toFixed()}`;
}
