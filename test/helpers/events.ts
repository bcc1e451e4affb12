import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { WorkDirectory } from '../../src/inputs/work-directory.ts';
import type { Claim } from '../../src/sinks/message-tree.ts';
import type {
  Calibrated,
  Claimed,
  DatasetRequest,
  Previewed,
  Published,
  Referenced,
  Staged,
} from '../../src/streams/events.ts';

// One for all, so that two claims on the same dataset are equal.
const neverLost = new AbortController().signal;
const done = (): Promise<void> => Promise.resolve();
const nothing = (): void => undefined;

/** A claim that is never lost and tells nobody. */
export function claimOf(id: string): Claim {
  return {
    dataset: parseDatasetName(id),
    attempt: 1,
    former: { status: 'none' },
    lost: neverLost,
    processed: done,
    failed: done,
    release: done,
    abandon: nothing,
  };
}

const work: WorkDirectory = {
  folder: '/work',
  scratch: '/somewhere/scratch',
  previews: '/somewhere/previews',
  created: new Date(0),
  log: (name) => `/somewhere/logs/${name}`,
  logs: () => Promise.resolve([]),
  remove: () => Promise.resolve(),
  keep: () => Promise.resolve(),
};

/** An event of each kind, for streams whose steps are given. */
export function requestOf(id: string): DatasetRequest {
  return { status: 'requested', dataset: parseDatasetName(id), origin: 'argument 1' };
}

export function claimedOf(event: DatasetRequest | string): Claimed {
  const request = typeof event === 'string' ? requestOf(event) : event;
  return { ...request, status: 'claimed', claim: claimOf(request.dataset.id), warnings: [] };
}

export function stagedOf(event: Claimed | string): Staged {
  const claimed = typeof event === 'string' ? claimedOf(event) : event;
  return { ...claimed, status: 'staged', work, inputs: [], sources: [] };
}

export function referencedOf(event: Staged | string): Referenced {
  const staged = typeof event === 'string' ? stagedOf(event) : event;
  return { ...staged, status: 'referenced', context: null, references: [], referenceFolders: {} };
}

export function calibratedOf(event: Referenced | string): Calibrated {
  const referenced = typeof event === 'string' ? referencedOf(event) : event;
  return { ...referenced, status: 'calibrated', products: [], runs: [], versions: {} };
}

export function previewedOf(event: Calibrated | string): Previewed {
  const calibrated = typeof event === 'string' ? calibratedOf(event) : event;
  return { ...calibrated, status: 'previewed', previews: [] };
}

export function publishedOf(event: Previewed | string): Published {
  const previewed = typeof event === 'string' ? previewedOf(event) : event;
  return { ...previewed, status: 'published', location: 'file:/archive', announcement: '' };
}
