import { parentPort } from 'node:worker_threads';
import { operate } from '../chips/chip-operations.ts';
import { FrameStore } from '../chips/frame-store.ts';
import { asCaldpError } from '../driver/as-caldp-error.ts';
import type { ChipReply, ChipRequest } from './messages.ts';
import { plainError } from './plain-error.ts';

/** A thread that works on the pixels of every second chip. */
const store = new FrameStore();

parentPort?.on('message', ({ id, name, options }: ChipRequest) => {
  parentPort?.postMessage(answer({ id, name, options }));
});

function answer({ id, name, options }: ChipRequest): ChipReply {
  try {
    return { id, kind: 'done', result: operate(store, { name, options }) };
  } catch (error) {
    store.clear();
    return { id, kind: 'failed', error: plainError(asCaldpError(error)) };
  }
}
