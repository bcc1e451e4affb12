import { CaldpError } from '../../../../errors/caldp-error.ts';
import { type ExitCodeName, exitCodes } from '../../../../errors/exit-codes.ts';
import type { RetryClass } from '../../../../errors/caldp-error.ts';

/** An error as it passes from one thread to another, which keeps no classes. */
export interface PlainError {
  readonly message: string;
  readonly stack: string;
  /** Undefined for a mistake of this program. */
  readonly caldp:
    | {
        readonly code: string;
        readonly advice: string;
        readonly exit: ExitCodeName;
        readonly retry: RetryClass;
      }
    | undefined;
}

/** Prepares an error for another thread. */
export function plainError(error: unknown): PlainError {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  if (!(error instanceof CaldpError)) return { message, stack, caldp: undefined };
  const { code, advice, exit, retry } = error;
  return { message, stack, caldp: { code, advice, exit, retry } };
}

/** Makes an error again of what came from another thread. */
export function revivedError({ message, stack, caldp }: PlainError): Error {
  if (caldp !== undefined && caldp.exit in exitCodes) return new CaldpError(message, caldp);
  const error = new Error(message);
  error.stack = stack;
  return error;
}
