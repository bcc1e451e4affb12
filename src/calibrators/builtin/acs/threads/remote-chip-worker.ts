import type { ChipWorker, OperationName, OperationResult } from '../chips/chip-operations.ts';
import type { ChipReply, ChipRequest } from './messages.ts';
import { revivedError } from './plain-error.ts';
import { startThread } from './start-thread.ts';

/** A chip worker in another thread. */
export interface RemoteChipWorker extends ChipWorker {
  /** Ends the thread. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a thread that works on chips. */
export function remoteChipWorker(): RemoteChipWorker {
  const worker = startThread('chip-thread');
  const waiting = new Map<number, Waiting>();
  let next = 0;
  worker.on('message', (reply: ChipReply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.kind === 'done') asked?.resolve(reply.result as never);
    else asked?.reject(revivedError(reply.error));
  });
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  return {
    run: <Name extends OperationName>(name: Name, options: ChipRequest['options']) =>
      new Promise<OperationResult<Name>>((resolve, reject) => {
        const id = next;
        next += 1;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, name, options } satisfies ChipRequest);
      }),
    stop: async () => {
      await worker.terminate();
    },
  };
}
