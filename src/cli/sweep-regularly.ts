import type { DataTree } from '../sinks/data-tree.ts';
import type { MessageTree } from '../sinks/message-tree.ts';
import { sweepOutput } from '../streams/sweep-output.ts';

/** What is swept, and who is told. */
export interface RegularSweep {
  readonly data: DataTree;
  readonly messages: MessageTree;
  /** Milliseconds between the end of one sweep and the next. */
  readonly interval: number;
  readonly say: (text: string) => void;
}

/**
 * Sweeps the output again and again while a run goes on for ever: nobody starts it anew, and starting is when the output is swept
 * otherwise. Does not keep the process alive.
 *
 * @returns stops it; resolves when a sweep that was under way has given up
 */
export function sweepRegularly({ data, messages, interval, say }: RegularSweep): {
  readonly stop: () => Promise<void>;
} {
  let sweeping: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const stopping = new AbortController();
  const { signal } = stopping;
  const sweep = async (): Promise<void> => {
    try {
      for (const text of await sweepOutput({ data, messages }, { signal })) say(text);
    } catch (error) {
      // Whatever it is, a sweep is no reason to end the run; the next one tells it again.
      if (!signal.aborted) say(error instanceof Error ? error.message : String(error));
    }
    if (!signal.aborted) wait();
  };
  const wait = (): void => {
    timer = setTimeout(() => {
      sweeping = sweep();
    }, interval).unref();
  };
  wait();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await sweeping;
    },
  };
}
