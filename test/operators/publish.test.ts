import { publish } from '../../src/operators/publish.ts';
import type { Previewed, Published } from '../../src/streams/events.ts';
import { operatorContract } from '../contract/operator.ts';
import { previewedOf, publishedOf } from '../helpers/events.ts';
import { toolsAnd } from '../helpers/operator-tools.ts';

operatorContract<Previewed, Published>({
  name: 'publish',
  make: (tools, run) => publish(toolsAnd(tools), run),
  input: previewedOf,
  output: publishedOf,
});
