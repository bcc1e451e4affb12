import type { Frame } from '../frames/frame.ts';

/** The frames that a worker keeps between two operations, by name. */
export class FrameStore {
  readonly #frames = new Map<string, Frame>();

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

  clear(): void {
    this.#frames.clear();
  }
}
