import { CaldpError } from '../../errors/caldp-error.ts';
import { DatasetNameError } from '../../hst/dataset-name-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import { tryDatasetName } from '../../hst/try-dataset-name.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import { listObjects } from '../../stores/s3/list-objects.ts';
import { removeObject } from '../../stores/s3/replace-objects.ts';
import type { SourceItem } from '../dataset-source.ts';
import type { SourceProblem } from '../source-problem.ts';
import type { ListingMemory } from './listing-memory.ts';
import { rejectedObject } from './rejected-object.ts';
import { submissions, type Submission } from './submitted.ts';

/** A dataset that a message asks for. */
export interface Asked {
  readonly dataset: DatasetName;
  readonly origin: string;
  readonly message: Submission;
}

interface RequestTools {
  readonly bucket: Bucket;
  readonly layout: 'tree' | 'calcloud';
  readonly memory: ListingMemory;
}

/** The messages of a bucket that ask for datasets: each is answered once, and removed when its dataset is done with. */
export class Requests {
  readonly #tools: RequestTools;
  /** By dataset; as many as datasets are under way. */
  readonly #open = new Map<string, Submission[]>();
  #answered: Submission[] = [];
  #problem: SourceProblem | undefined;

  constructor(tools: RequestTools) {
    this.#tools = tools;
  }

  /** Why messages stay that should be removed. */
  get problems(): readonly SourceProblem[] {
    return this.#problem === undefined ? [] : [this.#problem];
  }

  /** Messages that were not seen before. Those of datasets for which `isBusy` says so have to wait. */
  async *fresh(options: {
    readonly isBusy: (dataset: DatasetName) => boolean;
    readonly signal: AbortSignal;
  }): AsyncGenerator<Asked | SourceItem> {
    const { isBusy, signal } = options;
    const { bucket, layout, memory } = this.#tools;
    for await (const message of submissions(bucket, { layout, signal })) {
      if (memory.knows(message.key, message.fingerprint)) continue;
      const origin = `${bucket.uri}/${message.key}`;
      const dataset = tryDatasetName(message.text);
      if (dataset instanceof DatasetNameError) {
        memory.remember(message.key, message.fingerprint);
        yield rejectedObject(message.text, { origin, error: dataset });
      } else if (!isBusy(dataset)) {
        memory.remember(message.key, message.fingerprint);
        this.#open.set(dataset.id, [...(this.#open.get(dataset.id) ?? []), message]);
        yield { dataset, origin, message };
      }
    }
  }

  /** Notes that what was asked for is done with. */
  answer({ id }: DatasetName): void {
    this.#answered.push(...(this.#open.get(id) ?? []));
    this.#open.delete(id);
  }

  /**
   * Removes the messages that were answered; one that was put anew meanwhile asks anew and stays. What must not be removed is told
   * and stays too: it asks again when this process starts again.
   */
  async clear({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    for (let message = this.#answered[0]; message !== undefined; message = this.#answered[0]) {
      try {
        await this.#remove(message, signal);
      } catch (error) {
        if (!(error instanceof CaldpError) || error.retry !== 'never') throw error;
        const { code, message: text, advice } = error;
        this.#problem = { code, subject: this.#tools.bucket.uri, message: text, advice };
      }
      this.#answered = this.#answered.slice(1);
    }
  }

  async #remove({ key, modified }: Submission, signal: AbortSignal): Promise<void> {
    const { bucket } = this.#tools;
    // A listing tells fractions of a second, which `HeadObject` does not.
    for await (const found of listObjects(bucket, { start: key, flat: true, signal })) {
      if (found.key !== key || found.modified.getTime() !== modified.getTime()) return;
      await removeObject(bucket, key, { signal });
      return;
    }
  }
}
