import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { assertNothingLeft, assertSettled, outputOf } from '../helpers/invariants.ts';
import { crashFolders, recoverAndRun, undisturbed } from '../helpers/crash-run.ts';
import { eventually } from '../helpers/eventually.ts';
import { startPipe } from '../helpers/pipe-process.ts';

const ids = ['j8zz02a1q'];

test('a program that outlives the pipe which was killed is ended by the next run before it works', async (t) => {
  const wanted = await undisturbed(t, ids);
  const folders = await crashFolders(t, ids);
  const pipe = startPipe(t, { folders, ids, calacs: 'runs-long' });
  const log = join(folders.work, ids[0] ?? '', '1/logs/process.txt');
  const child = await eventually(
    async () => /child (\d+)/.exec(await readFile(log, 'utf8').catch(() => ''))?.[1],
    { what: 'the program to start', within: 30_000 },
  );
  pipe.kill();
  await pipe.end;
  t.true(process.kill(Number(child), 0), 'the program is an orphan and runs');
  const { recovered } = await recoverAndRun({ folders, ids }, async () => {
    await assertNothingLeft(t, { folders, label: 'an orphan' });
  });
  t.regex(recovered[0] ?? '', /^Ended \d processes of `calacs\.e` that an earlier run left in `/);
  await assertSettled(t, { folders, ids, label: 'an orphan' });
  t.deepEqual(await outputOf(folders.output), wanted);
});
