import { join } from 'node:path';
import type { OperatorFunction } from 'rxjs';
import type { DataTree } from '../sinks/data-tree.ts';
import type { Previewed, Published, Settled } from '../streams/events.ts';
import type { StepFunction, StepTools } from '../streams/attempt.ts';
import { step } from '../streams/step.ts';

/** What publishing needs. */
export interface PublishTools extends StepTools {
  readonly data: DataTree;
  readonly configuration: Readonly<Record<string, string>>;
  readonly threads: number;
}

/**
 * Puts the products, logs and manifest of each dataset into the data tree, in place of what an earlier attempt left there,
 * as a whole. Nobody is told yet: that is what `acknowledge` does.
 */
export const publish = (
  tools: PublishTools,
  run: StepFunction<Previewed, Published> = publishDataset(tools),
): OperatorFunction<Previewed | Settled, Published | Settled> => step('publish', tools, run);

const publishDataset =
  ({ data, configuration, threads }: PublishTools): StepFunction<Previewed, Published> =>
  async (previewed, { signal }) => {
    const { dataset, claim, work, products, sources, versions, context, references } = previewed;
    const environmentFile = `${dataset.id}_cal_env.txt`;
    const published = await data.publish(dataset, {
      signal,
      publication: {
        science: products
          .filter((name) => name !== environmentFile)
          .map((name) => join(work.folder, name)),
        environment: products
          .filter((name) => name === environmentFile)
          .map((name) => join(work.folder, name)),
        logs: await work.logs(),
        previews: previewed.previews,
        situation: { inputs: sources, programs: versions, context, configuration },
        references,
        attempt: claim.attempt,
        threads,
        started: work.created,
        scratch: work.scratch,
      },
    });
    return {
      ...previewed,
      status: 'published',
      location: data.uri(dataset),
      announcement: published.announcement,
    };
  };
