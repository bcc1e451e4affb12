import { constants } from 'node:os';

/** Why a command ended before it was done: a signal told it to. */
export class StoppedError extends Error {
  /** 128 plus the number of the signal, as shells count. */
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`Stopped by ${signal}`);
    this.name = 'StoppedError';
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** A signal that is aborted when the process is told to stop, for commands that have nothing to finish. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      controller.abort(new StoppedError(signal));
    });
  }
  return controller.signal;
}

/** The stop that an error tells of, itself or as what caused it; undefined when there is none. */
export function stopIn(error: unknown): StoppedError | undefined {
  if (error instanceof StoppedError) return error;
  return error instanceof Error && error.cause !== undefined ? stopIn(error.cause) : undefined;
}
