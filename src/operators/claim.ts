import type { OperatorFunction } from 'rxjs';
import type { Claimed, DatasetRequest, Settled } from '../streams/events.ts';
import type { StepFunction, StepTools } from '../streams/attempt.ts';
import { step } from '../streams/step.ts';
import type { MessageTree } from '../sinks/message-tree.ts';

/** What claiming needs. */
export interface ClaimTools extends StepTools {
  readonly messages: MessageTree;
}

/**
 * Makes each dataset ours before anything is done with it: a lease in the message tree that other processes respect.
 * A dataset that another living process works on is skipped.
 */
export const claim = (
  tools: ClaimTools,
  run: StepFunction<DatasetRequest, Claimed> = claimDataset(tools),
): OperatorFunction<DatasetRequest | Settled, Claimed | Settled> => step('claim', tools, run);

const claimDataset =
  ({ messages }: ClaimTools): StepFunction<DatasetRequest, Claimed> =>
  async (request, { signal }) => {
    const answer = await messages.claim(request.dataset, { signal });
    return answer.status === 'held'
      ? { ...request, status: 'skipped', because: 'held', reason: answer.holder }
      : { ...request, status: 'claimed', claim: answer.claim, warnings: [] };
  };
