import { publish } from '../../src/operators/publish.ts';
import type { Calibrated, Published } from '../../src/streams/events.ts';
import { operatorContract } from '../contract/operator.ts';
import { calibratedOf, publishedOf } from '../helpers/events.ts';
import { toolsAnd } from '../helpers/operator-tools.ts';

operatorContract<Calibrated, Published>({
  name: 'publish',
  make: (tools, run) => publish(toolsAnd(tools), run),
  input: calibratedOf,
  output: publishedOf,
});
