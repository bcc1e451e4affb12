import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileInputs } from '../../src/inputs/file-inputs.ts';
import { nullStore } from '../../src/stores/null-store.ts';
import type { StepTools } from '../../src/streams/attempt.ts';
import { createTools } from '../../src/streams/create-tools.ts';
import type { Tools } from '../../src/streams/tools.ts';
import { copyingCalibrator } from './copying-calibrator.ts';

// Made once: putting tools together asks the system for our own identity, and starts nothing.
const everything = await createTools({
  inputs: fileInputs(tmpdir(), { fileSystem: fs }),
  output: nullStore,
  calibrator: copyingCalibrator,
  workRoot: join(tmpdir(), 'never-made'),
});

/** All that an operator may ask for, for tests that give it its step; the tools of the step are those given. */
export const toolsAnd = (tools: StepTools): Tools => ({ ...everything, ...tools });
