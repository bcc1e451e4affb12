import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { crashFolders } from '../helpers/crash-run.ts';
import { programFolder } from '../helpers/fixture-program.ts';
import { caldpProgram } from '../helpers/caldp-program.ts';

const id = 'j8zz02a1q';

// CALDP then ended with the status of the preview step, which was 0.
test('C3: a message that cannot be written is a failure of the run, with an exit code that is not 0', async (t) => {
  const folders = await crashFolders(t, [id]);
  await mkdir(join(folders.output, 'messages'), { recursive: true });
  await writeFile(join(folders.output, 'messages/dataset-processed'), 'a file, not a folder');
  const bin = await programFolder(folders.work, { programs: { 'calacs.e': 'copies-raws' } });
  const args = ['process', id, '-i', `file:${folders.raw}`, '-o', `file:${folders.output}`];
  const { exitCode, stdout } = await execa(
    process.execPath,
    [...caldpProgram, ...args, '--references', 'keep', '--retries', '0', '--json'],
    {
      reject: false,
      env: {
        NODE_OPTIONS: '',
        CALDP_HOME: folders.work,
        PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
      },
    },
  );
  t.is(exitCode, 1, stdout);
  t.regex(stdout, /KEY_CONFLICT/);
});
