import { type Frame, frameBytes, frameIn } from '../frames/frame.ts';

/**
 * The frames that a worker keeps between two operations, by name, and the memory of those that are spent, for the next ones: fresh
 * memory is dear, since the system has to clear every page of it.
 *
 * Holds as many frames as were in use at the same time, also between two datasets; 86 MB for a chip of the WFC.
 */
export class FrameStore {
  readonly #frames = new Map<string, Frame>();
  #spare: readonly ArrayBufferLike[] = [];

  put(name: string, frame: Frame): void {
    this.#frames.set(name, frame);
  }

  get(name: string): Frame {
    const frame = this.#frames.get(name);
    if (frame === undefined) throw new RangeError(`Expected a frame named \`${name}\`.`);
    return frame;
  }

  /** Hands a frame over and forgets it. */
  take(name: string): Frame {
    const frame = this.get(name);
    this.#frames.delete(name);
    return frame;
  }

  /** A frame to be filled: it may hold the numbers of a former one. Spent memory that is too small for it is let go. */
  blank(size: { readonly nx: number; readonly ny: number }): Frame {
    const bytes = frameBytes(size.nx, size.ny);
    const large = this.#spare.filter(({ byteLength }) => byteLength >= bytes);
    const [memory = new ArrayBuffer(bytes), ...others] = large;
    this.#spare = large.length === 0 ? [] : others;
    return frameIn(memory, size);
  }

  /** Takes the memory of a frame that nobody needs any more. It must have come from `blank` and not be used again. */
  release({ sci }: Frame): void {
    this.#spare = [...this.#spare, sci.buffer];
  }

  clear(): void {
    this.#frames.clear();
    this.#spare = [];
  }
}
