import type { Store, StoreEntry } from '../../src/stores/store.ts';

type Objects = Pick<Store, 'read' | 'write' | 'create' | 'remove' | 'stat' | 'list'>;

/** The part of a store that messages need, in memory; every operation is done at once, when `turn` lets it. */
export class MemoryObjects implements Objects {
  readonly objects: Map<string, string>;
  readonly #turn: () => Promise<void>;

  constructor(objects: Map<string, string>, turn: () => Promise<void>) {
    this.objects = objects;
    this.#turn = turn;
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    await this.#turn();
    const body = this.objects.get(key);
    return body === undefined ? undefined : Buffer.from(body);
  }

  async write(key: string, body: Uint8Array | string): Promise<void> {
    await this.#turn();
    this.objects.set(key, Buffer.from(body).toString());
  }

  async create(key: string, body: Uint8Array | string): Promise<boolean> {
    await this.#turn();
    if (this.objects.has(key)) return false;
    this.objects.set(key, Buffer.from(body).toString());
    return true;
  }

  async remove(key: string): Promise<void> {
    await this.#turn();
    this.objects.delete(key);
  }

  async stat(key: string): Promise<StoreEntry | undefined> {
    await this.#turn();
    const body = this.objects.get(key);
    return body === undefined ? undefined : { key, size: body.length, modified: new Date(0) };
  }

  async *list(folder: string): AsyncGenerator<StoreEntry> {
    await this.#turn();
    for (const [key, body] of [...this.objects].sort()) {
      if (key.startsWith(`${folder}/`)) yield { key, size: body.length, modified: new Date(0) };
    }
  }
}
