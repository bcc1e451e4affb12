import { type FrameSource, sourceFrame } from './frame-source.ts';
import type { FrameStore } from './frame-store.ts';

export interface LoadFrameOptions {
  readonly name: string;
  readonly source: FrameSource;
}

/** Brings a frame into memory, to be written as it is. */
export function loadFrame(store: FrameStore, options: LoadFrameOptions): void {
  store.put(options.name, sourceFrame(store, options));
}
