import fs from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Calibrator } from '../calibrators/calibrator.ts';
import type { BestReferences } from '../crds/best-references.ts';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import { createWorkspace } from '../inputs/workspace.ts';
import type { PreviewTools } from '../operators/preview.ts';
import { systemClock, type Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { Layout } from '../sinks/layout.ts';
import { StoreDataTree } from '../sinks/store-data-tree.ts';
import { StoreMessageTree } from '../sinks/store-message-tree.ts';
import { treeLayout } from '../sinks/tree-layout.ts';
import { thisProcess } from '../system/process-identity.ts';
import type { Store } from '../stores/store.ts';
import { FileDigests } from '../system/file-digests.ts';
import { packageVersion } from '../system/package-version.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry-delay.ts';
import { Shutdown } from './shutdown.ts';
import { Telemetry } from './telemetry.ts';
import type { Tools } from './tools.ts';

/** What a run is made of; what has a default may be left out. */
export interface ToolOptions {
  readonly inputs: DatasetInputs;
  readonly output: Store;
  readonly calibrator: Calibrator;
  /** Chooses and fetches references. Default: headers keep the references that they name. */
  readonly references?: BestReferences;
  /** Folder for work directories: on a local disk with room for every dataset in flight. */
  readonly workRoot: string;
  /** How previews are made. Default: none are made. */
  readonly previews?: PreviewTools['previews'];
  /** Variables for calibration programs, such as `jref`. Default: none beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What the user chose that changes products, by option name; part of what makes a dataset up to date. Default: nothing. */
  readonly configuration?: Readonly<Record<string, string>>;
  /** Default: the tree of the README. */
  readonly layout?: Layout;
  /** Datasets calibrated at a time. Default: one for every two CPUs. */
  readonly jobs?: number;
  /** Datasets between the door and their outcome; each holds its files in the work folder. Default: `jobs` + 2. */
  readonly maxInFlight?: number;
  /** Milliseconds without a sign of life after which others take over a dataset; the same for all processes. Default: 5 minutes. */
  readonly lease?: number;
  /** Milliseconds a single program may run. Default: 12 hours. */
  readonly deadline?: number;
  /** Default: three further tries after 1, 2 and 4 seconds. */
  readonly retry?: RetryPolicy;
  /** Processes finished datasets again. Default: false. */
  readonly force?: boolean;
  /** Keeps the work directories of datasets that succeeded. Default: false. */
  readonly keepWork?: boolean;
  /** Default: `node:fs/promises`. */
  readonly fileSystem?: FileSystem;
  /** Default: the clock of this machine. */
  readonly clock?: Clock;
}

/** How many datasets are staged, and how many published, at a time: more would only make one disk seek. */
const transfers = 2;

/** Puts together what the pipeline needs. Starts nothing. */
export async function createTools(options: ToolOptions): Promise<Tools> {
  const { inputs, output, calibrator, workRoot, fileSystem = fs, clock = systemClock } = options;
  const cpus = availableParallelism();
  const jobs = options.jobs ?? Math.max(1, Math.floor(cpus / 2));
  const maxInFlight = options.maxInFlight ?? jobs + 2;
  const layout = options.layout ?? treeLayout;
  const self = await thisProcess({ fileSystem });
  return {
    inputs,
    calibrator,
    references: options.references,
    digests: new FileDigests({ fileSystem }),
    previews: options.previews,
    fileSystem,
    version: `caldp ${packageVersion()}`,
    messages: new StoreMessageTree(output, {
      ...{ layout, clock, self, fileSystem },
      ...(options.lease === undefined ? {} : { ttl: options.lease }),
    }),
    data: new StoreDataTree(output, { layout, clock, fileSystem }),
    workspace: createWorkspace({
      root: workRoot,
      fileSystem,
      clock,
      keepAll: options.keepWork ?? false,
    }),
    environment: options.environment ?? {},
    configuration: options.configuration ?? {},
    force: options.force ?? false,
    threads: Math.max(1, Math.floor(cpus / jobs)),
    deadline: options.deadline ?? 12 * 3_600_000,
    retry: options.retry ?? defaultRetryPolicy,
    maxInFlight,
    concurrency: {
      admit: maxInFlight,
      claim: maxInFlight,
      'skip-finished': transfers,
      stage: transfers,
      'assign-references': transfers,
      calibrate: jobs,
      preview: transfers,
      publish: transfers,
      acknowledge: maxInFlight,
    },
    shutdown: new Shutdown(),
    telemetry: new Telemetry(),
    clock,
  };
}
