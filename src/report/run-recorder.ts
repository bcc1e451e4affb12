import type { Outcome } from '../streams/events.ts';
import type { PipelineEvent } from '../streams/telemetry.ts';
import type { DatasetRecord, RunRecord, StepRecord } from './run-record.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

interface OpenRecord extends Writable<Omit<DatasetRecord, 'steps' | 'warnings'>> {
  readonly steps: Writable<StepRecord>[];
  readonly warnings: DatasetRecord['warnings'][number][];
}

/** Collects the events of a run for its report. */
export class RunRecorder {
  readonly #records: OpenRecord[] = [];
  readonly #underWay = new Map<string, OpenRecord>();
  #from = 0;
  #to = 0;

  add(event: PipelineEvent): void {
    if (this.#from === 0) this.#from = event.at;
    this.#to = Math.max(this.#to, event.at);
    switch (event.type) {
      case 'admitted':
        this.#recordOf(event.dataset.id);
        return;
      case 'stage-started':
        this.#recordOf(event.dataset.id).steps.push({
          stage: event.stage,
          from: event.at,
          to: undefined,
          retries: [],
        });
        return;
      case 'stage-finished': {
        const step = this.#stepOf(event);
        if (step !== undefined) step.to = event.at;
        return;
      }
      case 'stage-retried': {
        const step = this.#stepOf(event);
        if (step !== undefined) step.retries = [...step.retries, event.error];
        return;
      }
      case 'warning':
        this.#recordOf(event.dataset.id).warnings.push(event);
        return;
      case 'settled':
        this.#settle(event.outcome, event.milliseconds);
    }
  }

  get record(): RunRecord {
    return { from: this.#from, to: this.#to, datasets: this.#records };
  }

  #settle(outcome: Outcome, milliseconds: number): void {
    const repeated = outcome.status === 'skipped' && outcome.because === 'repeated';
    if (outcome.status === 'rejected' || repeated) {
      const name = 'dataset' in outcome ? outcome.dataset.id : outcome.text || outcome.origin;
      this.#records.push({ name, steps: [], warnings: [], outcome, milliseconds });
      return;
    }
    const record = this.#recordOf(outcome.dataset.id);
    record.outcome = outcome;
    record.milliseconds = milliseconds;
    this.#underWay.delete(outcome.dataset.id);
  }

  #recordOf(id: string): OpenRecord {
    const known = this.#underWay.get(id);
    if (known !== undefined) return known;
    const record = { name: id, steps: [], warnings: [], outcome: undefined, milliseconds: 0 };
    this.#records.push(record);
    this.#underWay.set(id, record);
    return record;
  }

  #stepOf(
    event: Extract<PipelineEvent, { readonly stage: unknown }>,
  ): Writable<StepRecord> | undefined {
    const { steps } = this.#recordOf(event.dataset.id);
    return steps.findLast(({ stage, to }) => stage === event.stage && to === undefined);
  }
}
