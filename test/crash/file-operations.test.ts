import test, { type ExecutionContext } from 'ava';
import type { Stage } from '../../src/streams/events.ts';
import { assertRecovers, crashFolders, undisturbed } from '../helpers/crash-run.ts';
import { runPipe } from '../helpers/pipe-process.ts';

const ids = ['j8zz02a1q'];

/** `CALDP_TEST_CRASHES=all` kills at every operation; else at some, spread evenly and others each time. */
const all = process.env['CALDP_TEST_CRASHES'] === 'all';

/** Kills forced runs over a published dataset at the n-th file operation of a stage, each n in turn, until one gets through. */
const survives = test.macro(
  async (t: ExecutionContext, { stage, stride }: { stage: Stage; stride: number }) => {
    const wanted = await undisturbed(t, ids);
    const folders = await crashFolders(t, ids);
    const first = 1 + Math.floor(Math.random() * stride);
    t.log(`from operation ${String(first)}`);
    await runPipe(t, { folders, ids });
    for (let operation = first; ; operation += all ? 1 : stride) {
      const kill = { event: 'stage-started' as const, stage, operation };
      const end = await runPipe(t, { folders, ids, force: true, kill });
      await assertRecovers(t, { folders, ids, label: `${stage} ${String(operation)}`, wanted });
      if (end.signal === 'SIGKILL') continue;
      t.is(end.code, 0, end.output);
      t.log(`${stage} has fewer than ${String(operation)} operations`);
      t.true(operation > stride);
      return;
    }
  },
);

test(
  'a run killed at a file operation of publishing or later is repeated as if nothing had been',
  survives,
  {
    stage: 'publish',
    stride: all ? 1 : 29,
  },
);

test(
  'a run killed at a file operation of acknowledging is repeated as if nothing had been',
  survives,
  {
    stage: 'acknowledge',
    stride: all ? 1 : 9,
  },
);
