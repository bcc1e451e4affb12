import { constants } from 'node:os';
import type { Shutdown } from '../streams/shutdown.ts';

/** How a run was told to stop. */
export interface StopSignals {
  /** 128 plus the number of the first signal that came, as shells count, or undefined when none came. */
  exitCode(): number | undefined;
  /** Whether steps were aborted, because a second signal came or the grace period was over. */
  forced(): boolean;
  /** Stops listening. */
  forget(): void;
}

/**
 * Connects the signals of the process to a shutdown: the first SIGINT or SIGTERM drains, and aborts after `grace`
 * milliseconds; a second one aborts at once.
 *
 * @param options.say - tells the user what the signal does
 */
export function listenForSignals(
  shutdown: Shutdown,
  { grace, say }: { readonly grace: number; readonly say: (text: string) => void },
): StopSignals {
  let first: NodeJS.Signals | undefined;
  let timer: NodeJS.Timeout | undefined;
  const receive = (signal: NodeJS.Signals): void => {
    if (first !== undefined) {
      say('Stopping at once.');
      shutdown.abort();
      return;
    }
    first = signal;
    say(
      'No further dataset is begun; those under way finish. Send the signal again to stop at once.',
    );
    shutdown.drain();
    timer = setTimeout(() => {
      say('The grace period is over: stopping at once.');
      shutdown.abort();
    }, grace).unref();
  };
  process.on('SIGINT', receive).on('SIGTERM', receive);
  return {
    forced: () => shutdown.aborting.aborted,
    exitCode: () => (first === undefined ? undefined : 128 + constants.signals[first]),
    forget: () => {
      clearTimeout(timer);
      process.off('SIGINT', receive).off('SIGTERM', receive);
    },
  };
}
