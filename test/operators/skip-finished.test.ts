import { skipFinished } from '../../src/operators/skip-finished.ts';
import type { Claimed } from '../../src/streams/events.ts';
import { operatorContract } from '../contract/operator.ts';
import { claimedOf } from '../helpers/events.ts';
import { toolsAnd } from '../helpers/operator-tools.ts';

operatorContract<Claimed, Claimed>({
  name: 'skipFinished',
  make: (tools, run) => skipFinished(toolsAnd(tools), run),
  input: claimedOf,
  output: (event) => event,
});
