import { CaldpError } from '../errors/caldp-error.ts';
import { stopIn } from './stop-signal.ts';

/** Writes what went wrong and what to do to standard error. */
export function tellError({ message, advice, code }: CaldpError): void {
  process.stderr.write(`caldp: ${message} ${advice} [${code}]\n`);
}

/**
 * Tells the failure of one of several files, after which the next one follows.
 *
 * @throws the error itself where it is a defect, or where the command was told to stop.
 */
export function tellFailure(error: unknown): void {
  if (!(error instanceof CaldpError) || stopIn(error) !== undefined) throw error;
  tellError(error);
}
