import { stage } from '../../src/operators/stage.ts';
import type { Claimed, Staged } from '../../src/streams/events.ts';
import { operatorContract } from '../contract/operator.ts';
import { claimedOf, stagedOf } from '../helpers/events.ts';
import { toolsAnd } from '../helpers/operator-tools.ts';

operatorContract<Claimed, Staged>({
  name: 'stage',
  make: (tools, run) => stage(toolsAnd(tools), run),
  input: claimedOf,
  output: stagedOf,
});
