import { claim } from '../../src/operators/claim.ts';
import type { DatasetRequest, Claimed } from '../../src/streams/events.ts';
import { operatorContract } from '../contract/operator.ts';
import { requestOf, claimedOf } from '../helpers/events.ts';
import { toolsAnd } from '../helpers/operator-tools.ts';

operatorContract<DatasetRequest, Claimed>({
  name: 'claim',
  make: (tools, run) => claim(toolsAnd(tools), run),
  input: requestOf,
  output: claimedOf,
});
