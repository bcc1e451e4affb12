import { calibrate } from '../../src/operators/calibrate.ts';
import type { Referenced, Calibrated } from '../../src/streams/events.ts';
import { operatorContract } from '../contract/operator.ts';
import { referencedOf, calibratedOf } from '../helpers/events.ts';
import { toolsAnd } from '../helpers/operator-tools.ts';

operatorContract<Referenced, Calibrated>({
  name: 'calibrate',
  make: (tools, run) => calibrate(toolsAnd(tools), run),
  input: referencedOf,
  output: calibratedOf,
});
