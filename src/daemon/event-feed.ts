import type { ServerResponse } from 'node:http';

/** How many may listen at a time. */
const mostListeners = 100;
/** Bytes that may wait to be sent to one listener before it is let go: it comes again by itself. */
const mostWaiting = 1_000_000;
const heartbeat = 15_000;

/** Server-sent events: everyone who listens is told, nobody who is slow makes others wait. */
export class EventFeed {
  readonly #listeners = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;

  /** Takes over a response; false when there are too many already. */
  add(response: ServerResponse): boolean {
    if (this.#listeners.size >= mostListeners) return false;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write('retry: 2000\n\n');
    this.#listeners.add(response);
    response.on('close', () => {
      this.#remove(response);
    });
    this.#timer ??= setInterval(() => {
      this.#write(': still here\n\n');
    }, heartbeat).unref();
    return true;
  }

  send(type: string, data: object): void {
    this.#write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  close(): void {
    for (const response of this.#listeners) response.end();
    this.#listeners.clear();
    clearInterval(this.#timer);
  }

  #write(text: string): void {
    for (const response of this.#listeners) {
      if (response.writableLength <= mostWaiting) {
        response.write(text);
      } else {
        this.#remove(response);
        response.destroy();
      }
    }
  }

  #remove(response: ServerResponse): void {
    this.#listeners.delete(response);
    if (this.#listeners.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
