import type { SourceHealth } from '../sources/source-health.ts';
import type { PipelineEvent } from '../streams/telemetry.ts';

const buckets = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14_400] as const;

interface Histogram {
  readonly counts: number[];
  sum: number;
  count: number;
}

/** What is measured when it is asked for. */
export interface Gauges {
  readonly health: SourceHealth;
  readonly ready: boolean;
  /** Seconds by which the event loop was late at most since the last question. */
  readonly eventLoopDelay: number;
}

/** Counts what happens, for Prometheus. Holds a few numbers for each stage and outcome, whatever the number of datasets. */
export class Metrics {
  readonly #outcomes = new Map<string, number>(
    ['published', 'skipped', 'failed', 'interrupted', 'rejected'].map((status) => [status, 0]),
  );
  readonly #retries = new Map<string, number>();
  readonly #warnings = new Map<string, number>();
  readonly #stages = new Map<string, Histogram>();
  #inFlight = 0;
  #bytes = 0;

  take(event: PipelineEvent): void {
    switch (event.type) {
      case 'admitted':
        this.#inFlight += 1;
        return;
      case 'stage-started':
        return;
      case 'stage-finished':
        this.#observe(event.stage, event.milliseconds / 1000);
        return;
      case 'stage-retried':
        add(this.#retries, event.stage);
        return;
      case 'warning':
        add(this.#warnings, event.stage);
        return;
      case 'settled':
        add(this.#outcomes, event.outcome.status);
        if (event.outcome.status !== 'rejected') this.#inFlight -= 1;
        if (event.outcome.status === 'published') {
          for (const { size } of event.outcome.inputs) this.#bytes += size;
        }
    }
  }

  #observe(stage: string, seconds: number): void {
    const known = this.#stages.get(stage);
    const histogram = known ?? { counts: buckets.map(() => 0), sum: 0, count: 0 };
    if (known === undefined) this.#stages.set(stage, histogram);
    histogram.sum += seconds;
    histogram.count += 1;
    for (const [index, limit] of buckets.entries()) {
      if (seconds <= limit) histogram.counts[index] = (histogram.counts[index] ?? 0) + 1;
    }
  }

  /** The text format of Prometheus, version 0.0.4. */
  render({ health, ready, eventLoopDelay }: Gauges): string {
    const { rss } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const source = Object.entries(health.counts).map(([kind, value]) => label('kind', kind, value));
    return [
      counter('caldp_datasets_total', 'Datasets by how they ended.', 'outcome', this.#outcomes),
      counter('caldp_stage_retries_total', 'Further tries of a stage.', 'stage', this.#retries),
      counter('caldp_stage_warnings_total', 'Warnings by stage.', 'stage', this.#warnings),
      family(
        'caldp_stage_duration_seconds',
        'histogram',
        'Time spent in a stage.',
        this.#durations(),
      ),
      gauge('caldp_in_flight_datasets', 'Datasets under way.', this.#inFlight),
      family('caldp_input_bytes_total', 'counter', 'Input bytes of published datasets.', [
        ` ${String(this.#bytes)}`,
      ]),
      family('caldp_source_entries', 'gauge', 'What the source knows of, by kind.', source),
      gauge(
        'caldp_source_problems',
        'What keeps the source from seeing all.',
        health.problems.length,
      ),
      gauge(
        'caldp_source_scan_timestamp_seconds',
        'When the source last looked.',
        (health.scannedAt?.getTime() ?? 0) / 1000,
      ),
      gauge('caldp_ready', 'Whether /readyz answers yes.', ready ? 1 : 0),
      gauge(
        'caldp_event_loop_delay_seconds',
        'Worst delay since the last question.',
        eventLoopDelay,
      ),
      gauge('process_resident_memory_bytes', 'Resident memory.', rss),
      family('process_cpu_seconds_total', 'counter', 'CPU time.', [
        ` ${String((user + system) / 1e6)}`,
      ]),
      '',
    ].join('\n');
  }

  #durations(): readonly string[] {
    return [...this.#stages].flatMap(([stage, { counts, sum, count }]) => [
      ...buckets.map(
        (limit, index) =>
          `_bucket{stage="${stage}",le="${String(limit)}"} ${String(counts[index] ?? 0)}`,
      ),
      `_bucket{stage="${stage}",le="+Inf"} ${String(count)}`,
      `_sum{stage="${stage}"} ${String(sum)}`,
      `_count{stage="${stage}"} ${String(count)}`,
    ]);
  }
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function counter(
  name: string,
  help: string,
  key: string,
  values: ReadonlyMap<string, number>,
): string {
  return family(
    name,
    'counter',
    help,
    [...values].map(([each, value]) => label(key, each, value)),
  );
}

function gauge(name: string, help: string, value: number): string {
  return family(name, 'gauge', help, [` ${String(value)}`]);
}

function family(name: string, type: string, help: string, samples: readonly string[]): string {
  const lines = samples.map((sample) => `${name}${sample}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
}

function label(key: string, text: string, value: number): string {
  return `{${key}="${text}"} ${String(value)}`;
}
