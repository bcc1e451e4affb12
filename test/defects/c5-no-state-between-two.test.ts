import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { openFileStore } from '../../src/stores/open-file-store.ts';
import { crashFolders } from '../helpers/crash-run.ts';
import { FailingFileSystem } from '../helpers/failing-file-system.ts';
import { pipelineTools, runPipeline } from '../helpers/run-pipeline.ts';

const id = 'j8zz02a1q';

const keeps = test.macro(
  async (t: ExecutionContext, first: string, second: string, last: 'processed' | 'error') => {
    const folders = await crashFolders(t, [id]);
    await runPipeline([id], await pipelineTools(folders, { calacs: first }));
    const states: string[] = [];
    const look = (): void => {
      const there = ['error', 'processed', 'processing'].filter((state) =>
        existsSync(join(folders.output, `messages/dataset-${state}`, id)),
      );
      if (states.at(-1) !== there.join(' ')) states.push(there.join(' '));
    };
    const { fileSystem } = new FailingFileSystem({ onCall: look });
    const output = await openFileStore(folders.output, { fileSystem });
    const tools = await pipelineTools(folders, { output, calacs: second, force: true });
    await runPipeline([id], tools);
    look();
    t.log(states.join(' → '));
    t.false(states.includes(''), 'there was a moment without any state');
    t.is(states.at(-1), last);
    t.true(states.length >= 4);
  },
);

// CALDP deleted the old message before it wrote the new one: a crash between them left a dataset that nobody knew of.
test(
  'C5: from error to processed a dataset is never without a state',
  keeps,
  'ends-with-65',
  'copies-raws',
  'processed',
);
test(
  'C5: from processed to error a dataset is never without a state',
  keeps,
  'copies-raws',
  'ends-with-65',
  'error',
);
