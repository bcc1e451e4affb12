/**
 * The parts of caldp, to compose a stream of one's own: see `docs/compose.md`.
 */
export type { Calibration, CalibrationJob, Calibrator } from './calibrators/calibrator.ts';
export { hstcalCalibrator } from './calibrators/hstcal.ts';
export { loadConfiguration } from './config/configuration.ts';
export { CaldpError, type RetryClass } from './errors/caldp-error.ts';
export { exitCodes, type ExitCodeName } from './errors/exit-codes.ts';
export type { Warning } from './errors/warning.ts';
export type { Association } from './hst/association.ts';
export { DatasetNameError } from './hst/dataset-name-error.ts';
export { dataFolder, parseDatasetName, type DatasetName } from './hst/dataset-name.ts';
export type { BroughtInputs, DatasetInputs } from './inputs/dataset-inputs.ts';
export { fileInputs } from './inputs/file-inputs.ts';
export { openS3Inputs, type OpenS3InputsOptions } from './inputs/s3-inputs.ts';
export { acknowledge } from './operators/acknowledge.ts';
export { calibrate } from './operators/calibrate.ts';
export { claim } from './operators/claim.ts';
export { publish } from './operators/publish.ts';
export { skipFinished } from './operators/skip-finished.ts';
export { stage } from './operators/stage.ts';
export type { FileDigest } from './ports/file-digest.ts';
export { calcloudLayout } from './sinks/calcloud-layout.ts';
export type { DataTree } from './sinks/data-tree.ts';
export type { Manifest } from './sinks/manifest.ts';
export type { MessageTree } from './sinks/message-tree.ts';
export { treeLayout } from './sinks/tree-layout.ts';
export { datasetArguments, datasetFile, datasetStream } from './sources/dataset-list.ts';
export type { DatasetSource, Done, SourceItem } from './sources/dataset-source.ts';
export { openS3Listing, type S3Listing, type S3ListingOptions } from './sources/s3-listing.ts';
export type {
  ObservableSource,
  SourceHealth,
  SourceReport,
  WaitingDataset,
} from './sources/source-health.ts';
export { watchFolder, type WatchedFolder, type WatchOptions } from './sources/watch-folder.ts';
export { openFileStore } from './stores/open-file-store.ts';
export { openS3Store, type OpenS3StoreOptions } from './stores/open-s3-store.ts';
export type { S3Place } from './stores/s3/bucket.ts';
export type { S3Options, S3Timeouts } from './stores/s3/s3-options.ts';
export type { Store } from './stores/store.ts';
export { admit } from './streams/admit.ts';
export type { StepFunction, StepTools } from './streams/attempt.ts';
export { createTools, type ToolOptions } from './streams/create-tools.ts';
export type {
  Calibrated,
  Claimed,
  DatasetRequest,
  Failed,
  Interrupted,
  Outcome,
  Published,
  Rejected,
  Settled,
  Skipped,
  Staged,
  Stage,
} from './streams/events.ts';
export { pipeline } from './streams/pipeline.ts';
export { recover } from './streams/recover.ts';
export { Shutdown } from './streams/shutdown.ts';
export { step } from './streams/step.ts';
export { Telemetry, type PipelineEvent } from './streams/telemetry.ts';
export type { Tools } from './streams/tools.ts';
