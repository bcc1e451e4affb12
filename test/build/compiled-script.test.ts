import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { execa } from 'execa';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const module = fileURLToPath(new URL('../../build/compiled-script.cjs', import.meta.url));

/** Runs a file as the program does; also tells whether V8 took the code beside it. */
async function run(file: string, { keep = false } = {}): Promise<unknown> {
  const lines = [
    `const script = require(${JSON.stringify(module)}).compiledScript(${JSON.stringify(file)});`,
    `const answer = script.runInThisContext()(require, 'here');`,
    ...(keep
      ? [
          `require('node:fs').writeFileSync(${JSON.stringify(`${file}.code`)}, script.createCachedData());`,
        ]
      : []),
    'console.log(JSON.stringify([answer, script.cachedDataRejected ?? null]));',
  ];
  const { stdout } = await execa(process.execPath, ['-e', lines.join('\n')]);
  return JSON.parse(stdout);
}

test('a file runs from its compiled code, and from its text where V8 refuses that code', async (t) => {
  const file = join(await temporaryFolder(t), 'program.cjs');
  await writeFile(file, 'return [__dirname, require("node:path").sep];');
  const answer = ['here', '/'];
  t.deepEqual(await run(file, { keep: true }), [answer, null]);
  t.deepEqual(await run(file), [answer, false]);
  await writeFile(`${file}.code`, 'not code');
  t.deepEqual(await run(file), [answer, true]);
});
