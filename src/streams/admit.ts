import {
  defer,
  Observable,
  Subject,
  take,
  takeUntil,
  throwIfEmpty,
  type OperatorFunction,
} from 'rxjs';
import type { DatasetSource, SourceItem } from '../sources/dataset-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { DatasetRequest, Outcome, Settled } from './events.ts';
import type { Shutdown } from './shutdown.ts';
import type { Telemetry } from './telemetry.ts';

/** What the door needs. */
export interface AdmitTools {
  /** How many datasets may be between the door and their outcome. */
  readonly maxInFlight: number;
  readonly shutdown: Shutdown;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/**
 * The door of the stream: asks the source for the next dataset only while fewer than `maxInFlight` are between here and their
 * outcome, so that a source of a million datasets costs the memory of a few. Nothing is buffered.
 *
 * Completes when the source is done, or `tools.shutdown` drains, and every dataset let in has come out. Errs, after the same
 * wait, when the source itself errs. Unsubscribing aborts what is asked of the source and unsubscribes from the flow.
 *
 * @param flow - what happens to the datasets; it has to emit exactly one outcome for each
 */
export function admit(
  source: DatasetSource,
  tools: AdmitTools,
  flow: OperatorFunction<DatasetRequest | Settled, Outcome>,
): Observable<Outcome> {
  return new Observable((subscriber) => {
    const door = new Door(source, tools);
    subscriber.add(() => {
      door.close();
    });
    subscriber.add(
      door.requests.pipe(flow).subscribe({
        next: (outcome) => {
          subscriber.next(outcome);
          door.leave(outcome);
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          if (door.sourceError === undefined) subscriber.complete();
          else subscriber.error(door.sourceError.error);
        },
      }),
    );
    door.open();
  });
}

/** Counts who is inside and asks the source while there is a place. */
class Door {
  readonly requests = new Subject<DatasetRequest | Settled>();
  sourceError: { readonly error: unknown } | undefined;
  readonly #source: DatasetSource;
  readonly #tools: AdmitTools;
  readonly #closing = new AbortController();
  readonly #closed = new Subject<void>();
  readonly #admittedAt = new Map<string, number>();
  #inFlight = 0;
  #asking = false;

  constructor(source: DatasetSource, tools: AdmitTools) {
    this.#source = source;
    this.#tools = tools;
  }

  open(): void {
    const { draining } = this.#tools.shutdown;
    if (draining.aborted) this.close();
    else draining.addEventListener('abort', this.close, { signal: this.#closing.signal });
    this.#ask();
  }

  /** Lets nobody in any more; who is inside comes out. */
  readonly close = (): void => {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#closed.next();
    this.requests.complete();
  };

  leave(outcome: Outcome): void {
    const at = this.#tools.clock.now().getTime();
    const milliseconds = at - this.#forget(keyOf(outcome), at);
    this.#tools.telemetry.emit({ type: 'settled', at, outcome, milliseconds });
    this.#source.settled?.(outcome);
    this.#inFlight -= 1;
    this.#ask();
  }

  /** A loop, not a recursion, where the source answers at once: a list of thousands must not grow the call stack. */
  #ask(): void {
    while (!this.#asking && this.#hasPlace()) {
      this.#asking = true;
      let later = false;
      this.#question().subscribe({
        next: (item) => {
          this.#receive(item);
        },
        error: (error: unknown) => {
          this.sourceError = { error };
          this.close();
        },
        complete: () => {
          this.#asking = false;
          if (later) this.#ask();
        },
      });
      later = true;
    }
  }

  #hasPlace(): boolean {
    return !this.#closing.signal.aborted && this.#inFlight < this.#tools.maxInFlight;
  }

  #question(): Observable<SourceItem> {
    const { signal } = this.#closing;
    return defer(() => this.#source.next({ signal })).pipe(
      throwIfEmpty(() => new Error(`The source \`${this.#source.name}\` gave no answer.`)),
      take(1),
      takeUntil(this.#closed),
    );
  }

  #receive(item: SourceItem): void {
    if (item.status === 'done') {
      this.close();
      return;
    }
    this.#inFlight += 1;
    if (item.status === 'requested') {
      const at = this.#tools.clock.now().getTime();
      this.#admittedAt.set(keyOf(item), at);
      this.#tools.telemetry.emit({ type: 'admitted', at, dataset: item.dataset });
    }
    this.requests.next(item);
  }

  /** When a dataset was admitted; what is kept of it goes. */
  #forget(key: string, otherwise: number): number {
    const admitted = this.#admittedAt.get(key) ?? otherwise;
    this.#admittedAt.delete(key);
    return admitted;
  }
}

/** The same dataset can be named twice, but not twice in the same place. */
function keyOf(item: DatasetRequest | Outcome): string {
  return `${item.origin} ${'dataset' in item ? item.dataset.id : item.text}`;
}
