import fs from 'node:fs/promises';
import { join } from 'node:path';
import { builtinAcs } from '../calibrators/builtin/acs/builtin-acs.ts';
import type { Calibrator } from '../calibrators/calibrator.ts';
import { firstAvailable } from '../calibrators/first-available.ts';
import { hstcalCalibrator } from '../calibrators/hstcal.ts';
import { loadConfiguration } from '../config/configuration.ts';
import {
  formatUri,
  parseInputUri,
  parseOutputUri,
  type InputUri,
  type OutputUri,
} from '../config/data-uri.ts';
import { homeFolder } from '../config/home-folder.ts';
import { CaldpError } from '../errors/caldp-error.ts';
import type { Warning } from '../errors/warning.ts';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import { fileInputs } from '../inputs/file-inputs.ts';
import { createPreviewPool } from '../previews/jobs/preview-pool.ts';
import { calcloudLayout } from '../sinks/calcloud-layout.ts';
import type { Layout } from '../sinks/layout.ts';
import { treeLayout } from '../sinks/tree-layout.ts';
import { nullStore } from '../stores/null-store.ts';
import { openFileStore } from '../stores/open-file-store.ts';
import type { Store } from '../stores/store.ts';
import { packageVersion } from '../system/package-version.ts';
import { createTools } from '../streams/create-tools.ts';
import { defaultRetryPolicy } from '../streams/retry-delay.ts';
import type { Tools } from '../streams/tools.ts';
import { crdsAccess } from './crds-access.ts';
import { quietSdk } from './quiet-sdk.ts';
import type { RunOptions } from './run-options.ts';

/** The folder that work directories are made in. */
export function workRootOf(environment: NodeJS.ProcessEnv): string {
  return join(homeFolder({ environment, current: process.cwd() }), '.caldp', 'work');
}

/** What the options of a command come to. */
export interface RunTools {
  readonly tools: Tools;
  /** Ends the threads that draw previews. */
  readonly close: () => Promise<void>;
  readonly store: Store;
  readonly layout: Layout;
  /** What is odd about the configuration. */
  readonly warnings: readonly Warning[];
}

/** Wires the pipeline as the options of a command say. */
export async function runTools(
  options: RunOptions,
  {
    environment,
    inputs,
    signal,
  }: {
    readonly environment: NodeJS.ProcessEnv;
    readonly inputs: DatasetInputs;
    readonly signal: AbortSignal;
  },
): Promise<RunTools> {
  const base = process.cwd();
  const output = parseOutputUri(options.output, { base });
  const store = await openOutput(output, { signal });
  const configuration = await loadConfiguration(options.config, {
    inherited: environment,
    base,
    signal,
  });
  const layout = options.layout === 'calcloud' ? calcloudLayout : treeLayout;
  const known = { ...environment, ...configuration.environment };
  const crds = { contextFolder: contextFolder(output, configuration.name), signal };
  const style = options.previewStyle;
  const pool = style === 'none' ? undefined : createPreviewPool();
  const tools = await createTools({
    inputs,
    output: store,
    workRoot: workRootOf(environment),
    calibrator: calibratorOf(options, { environment: known }),
    environment: configuration.environment,
    configuration: { 'preview-style': style, ...(options.strict ? { strict: 'yes' } : {}) },
    ...(style === 'none' || pool === undefined ? {} : { previews: { pool, style } }),
    ...(options.references === 'keep' ? {} : { references: crdsAccess(known, crds).best }),
    layout,
    ...(options.lease === undefined ? {} : { lease: options.lease }),
    deadline: options.timeout,
    retry: { ...defaultRetryPolicy, retries: options.retries },
    force: options.force,
    keepWork: options.keepWork || output.kind === 'none',
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ...(options.maxInFlight === undefined ? {} : { maxInFlight: options.maxInFlight }),
  });
  return {
    tools,
    store,
    layout,
    warnings: configuration.warnings,
    close: async () => pool?.close(),
  };
}

/** On AWS the bucket of the output names the context, as the operators of CALDP set it for all their jobs. */
function contextFolder(output: OutputUri, configuration: string): string | undefined {
  return output.kind === 's3' && configuration === 'aws'
    ? `s3://${output.bucket}/crds_env_vars/`
    : undefined;
}

/** HSTCAL where its programs are, else what is built in; or one of the two. */
function calibratorOf(
  { calibrator: name, strict: isStrict }: RunOptions,
  { environment }: { readonly environment: NodeJS.ProcessEnv },
): Calibrator {
  const hstcal = hstcalCalibrator({ environment });
  const builtin = builtinAcs({ name: 'caldp', version: packageVersion() }, { isStrict });
  switch (name) {
    case 'auto':
      return firstAvailable([hstcal, builtin]);
    case 'hstcal':
      return hstcal;
    case 'builtin':
      return builtin;
  }
}

/** The store that an output stands for. What speaks S3 is loaded only where a bucket is named. */
export async function openOutput(
  output: OutputUri,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Store> {
  switch (output.kind) {
    case 'file':
      return openFileStore(output.path);
    case 'none':
      return nullStore;
    case 's3': {
      quietSdk();
      const { openS3Store } = await import('../stores/open-s3-store.ts');
      return openS3Store(output, options);
    }
  }
}

/** The inputs that a text such as `file:/data/raw` or `s3://bucket/raw` stands for. */
export async function openInputs(
  text: string,
  options: { readonly signal: AbortSignal },
): Promise<DatasetInputs> {
  const input = parseInputUri(text, { base: process.cwd() });
  switch (input.kind) {
    case 'file':
      return fileInputs(input.path, { fileSystem: fs });
    case 's3': {
      quietSdk();
      const { openS3Inputs } = await import('../inputs/s3-inputs.ts');
      return openS3Inputs(input, options);
    }
    case 'astroquery':
      throw notAvailable(input);
  }
}

function notAvailable(uri: InputUri | OutputUri): CaldpError {
  return new CaldpError(`\`${formatUri(uri)}\` is not available in this version of caldp.`, {
    code: 'NOT_AVAILABLE',
    advice: 'Use a folder, `file:<path>`, or a bucket, `s3://<bucket>/<prefix>`.',
    exit: 'CMDLINE_ERROR',
  });
}
