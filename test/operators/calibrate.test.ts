import { calibrate } from '../../src/operators/calibrate.ts';
import type { Staged, Calibrated } from '../../src/streams/events.ts';
import { operatorContract } from '../contract/operator.ts';
import { stagedOf, calibratedOf } from '../helpers/events.ts';
import { toolsAnd } from '../helpers/operator-tools.ts';

operatorContract<Staged, Calibrated>({
  name: 'calibrate',
  make: (tools, run) => calibrate(toolsAnd(tools), run),
  input: stagedOf,
  output: calibratedOf,
});
