import { rmSync } from 'node:fs';
import type { Frame } from '../frames/frame.ts';
import { ImsetReader } from '../frames/imset-reader.ts';
import type { StoredImset } from '../frames/plane.ts';
import { Scratch, type ScratchFrame } from '../frames/scratch.ts';
import type { FrameStore } from './frame-store.ts';

/** Where the frame comes from: the worker's memory, a scratch file or a FITS file. */
export type FrameSource =
  | { readonly kind: 'memory' }
  | { readonly kind: 'scratch'; readonly frame: ScratchFrame }
  | { readonly kind: 'fits'; readonly imset: StoredImset };

/** Fetches a frame; one in memory is taken out of the store, one in a scratch file out of the file, which is deleted. */
export function sourceFrame(
  store: FrameStore,
  options: { readonly name: string; readonly source: FrameSource },
): Frame {
  const { source } = options;
  switch (source.kind) {
    case 'memory':
      return store.take(options.name);
    case 'scratch': {
      const frame = store.blank(source.frame);
      const scratch = new Scratch(source.frame);
      try {
        scratch.read(frame, 0);
      } finally {
        scratch.close();
      }
      // Before the product is written: it can then take over the pages of the cache.
      rmSync(source.frame.path);
      return frame;
    }
    case 'fits':
      return readImset(store, source.imset);
  }
}

/** Reads a whole imset. */
export function readImset(store: FrameStore, imset: StoredImset): Frame {
  const frame = store.blank(imset.sci);
  const reader = new ImsetReader(imset);
  try {
    reader.read(frame, 0);
  } finally {
    reader.close();
  }
  return frame;
}
