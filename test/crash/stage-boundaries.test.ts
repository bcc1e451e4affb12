import test, { type ExecutionContext } from 'ava';
import type { Stage } from '../../src/streams/events.ts';
import { assertRecovers, crashFolders, undisturbed } from '../helpers/crash-run.ts';
import { runPipe } from '../helpers/pipe-process.ts';

const stages: readonly Stage[] = [
  'claim',
  'skip-finished',
  'stage',
  'assign-references',
  'calibrate',
  'publish',
  'acknowledge',
];
const ids = ['j8zz02a1q', 'j8zz02a2q'];

const finishes = test.macro(
  async (
    t: ExecutionContext,
    kill: { readonly event: 'stage-started' | 'stage-finished'; readonly stage: Stage },
  ) => {
    const wanted = await undisturbed(t, ids);
    const folders = await crashFolders(t, ids);
    const end = await runPipe(t, { folders, ids, kill });
    t.is(end.signal, 'SIGKILL', end.output);
    await assertRecovers(t, { folders, ids, label: `${kill.event} ${kill.stage}`, wanted });
  },
);

for (const stage of stages) {
  test(`the run after one killed before ${stage} finishes all`, finishes, {
    event: 'stage-started',
    stage,
  });
  test(`the run after one killed after ${stage} finishes all`, finishes, {
    event: 'stage-finished',
    stage,
  });
}
