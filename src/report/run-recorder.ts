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
        this.#open(event.dataset.id);
        return;
      case 'stage-started': {
        const { stage, at } = event;
        const steps = this.#underWay.get(event.dataset.id)?.steps;
        steps?.push({ stage, from: at, to: undefined, retries: [] });
        return;
      }
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
        this.#underWay.get(event.dataset.id)?.warnings.push(event);
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
      if (repeated) this.#forgetAcknowledgement(name);
      this.#records.push({ name, steps: [], warnings: [], outcome, milliseconds });
      return;
    }
    const { id } = outcome.dataset;
    const record = this.#underWay.get(id) ?? this.#open(id);
    record.outcome = outcome;
    record.milliseconds = milliseconds;
    this.#underWay.delete(id);
  }

  /** That a name came twice is acknowledged under the same name while the first goes on: that step is not the first one's. */
  #forgetAcknowledgement(id: string): void {
    const steps = this.#underWay.get(id)?.steps ?? [];
    const index = steps.findLastIndex(({ stage }) => stage === 'acknowledge');
    if (index >= 0) steps.splice(index, 1);
  }

  #open(id: string): OpenRecord {
    const record = { name: id, steps: [], warnings: [], outcome: undefined, milliseconds: 0 };
    this.#records.push(record);
    this.#underWay.set(id, record);
    return record;
  }

  #stepOf(
    event: Extract<PipelineEvent, { readonly stage: unknown }>,
  ): Writable<StepRecord> | undefined {
    const steps = this.#underWay.get(event.dataset.id)?.steps;
    return steps?.findLast(({ stage, to }) => stage === event.stage && to === undefined);
  }
}
