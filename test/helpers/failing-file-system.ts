import * as real from 'node:fs/promises';
import type { FileSystem } from '../../src/ports/file-system.ts';

/** Which operation fails and how. */
export interface Fault {
  /** Counted from 1, over all operations on paths and open files. */
  readonly nth: number;
  readonly code: 'ENOSPC' | 'EIO' | 'EACCES' | 'ETIMEDOUT';
  /** `once`: only the n-th; `on`: it and all later ones; `after`: the n-th is done and then reported as failed. */
  readonly mode: 'once' | 'on' | 'after';
}

/** Told of every operation before it is done: its number since the last `set`, and its name. */
export type OnCall = (calls: number, name: string) => void;

/** The real file system with one fault in it. */
export class FailingFileSystem {
  readonly fileSystem: FileSystem;
  /** Operations since the fault was set. */
  calls = 0;
  #fault: Fault | undefined;
  readonly #onCall: OnCall | undefined;

  constructor({ onCall }: { readonly onCall?: OnCall } = {}) {
    this.#onCall = onCall;
    this.fileSystem = this.#wrap(real);
  }

  set(fault: Fault | undefined): void {
    this.#fault = fault;
    this.calls = 0;
  }

  #wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, property) => {
        const value: unknown = Reflect.get(target, property, target);
        return isFunction(value) ? this.#operation(target, String(property), value) : value;
      },
    });
  }

  #operation(target: object, name: string, original: (...args: unknown[]) => unknown): unknown {
    return async (...args: unknown[]): Promise<unknown> => {
      const perform = async (): Promise<unknown> => {
        const result: unknown = await Reflect.apply(original, target, args);
        return name === 'open' && typeof result === 'object' && result !== null
          ? this.#wrap(result)
          : result;
      };
      if (typeof args[0] === 'string' && args[0].startsWith('/proc/')) return perform();
      const error = this.#due(name);
      if (error === undefined) return perform();
      // A file is closed even where closing reports an error, as the system does.
      if (name === 'close' || this.#fault?.mode === 'after') {
        const result = await perform();
        if (name === 'open' && result instanceof Object && 'close' in result) {
          await (result as real.FileHandle).close();
        }
      }
      throw error;
    };
  }

  #due(name: string): Error | undefined {
    const fault = this.#fault;
    this.calls += 1;
    this.#onCall?.(this.calls, name);
    if (fault === undefined) return undefined;
    const due = fault.mode === 'on' ? this.calls >= fault.nth : this.calls === fault.nth;
    return due
      ? Object.assign(new Error(`${fault.code}: injected, ${name}`), { code: fault.code })
      : undefined;
  }
}

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown =>
  typeof value === 'function';
