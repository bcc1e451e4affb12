import type { DatasetName } from '../hst/dataset-name.ts';

/** The states a message stands for. */
export type MessageState = 'processing' | 'processed' | 'error' | 'synced' | 'archived';

/** A folder and how many levels of folders below it objects are put into. */
export interface Home {
  readonly folder: string;
  readonly depth: number;
}

/** Where messages and data lie below a store. Two trees differ by their layout and by nothing else. */
export interface Layout {
  readonly name: 'tree' | 'calcloud';
  /** The key of a dataset's message in a state. */
  messageKey(state: MessageState, id: string): string;
  /** The folder that the messages of a state lie in. */
  messageFolder(state: MessageState): string;
  /** The id that a key of `messageFolder` names in this state, or undefined when it is another's. */
  messageId(state: MessageState, key: string): string | undefined;
  /** The folder of the marks that make a takeover of a dataset's lease exclusive. */
  takeoverFolder(id: string): string;
  /** Where messages, leases and marks are put: what a sweep has to look at. */
  readonly messageHomes: readonly Home[];
  /** Messages that asked for the dataset to be processed; removed once it is processed or has failed. */
  requestKeys(id: string): readonly string[];
  /** The folder that a dataset is published in. */
  dataFolder(dataset: DatasetName): string;
  /** Where folders of datasets are put: what a sweep has to look at. */
  readonly dataHomes: readonly Home[];
  /** Key of the manifest below the data folder. */
  readonly manifest: string;
  /** The name of a log below the data folder. */
  logName(file: string): string;
  /** The name of the tarball that holds science files, previews and environment; undefined when they lie as they are. */
  tarball(dataset: DatasetName): string | undefined;
  /** What the message says when the dataset is done. `data` is the URI of the data folder. */
  processedBody(dataset: DatasetName, options: { readonly data: string }): string;
}
