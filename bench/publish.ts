/**
 * Publishing a large dataset to a disk beside `cp -r` and digests.
 *
 *     npx tsx bench/publish.ts [megabytes of a file, default 100] [files, default 20] [rounds, default 3]
 *
 * Ours replaces a folder of the store: digests are taken of what is copied, and all is flushed to the disk before it is visible. The peer does the same with the tools of the system, `sha256sum`, `cp -r`, `sync -f`; once without and
 * once with a check of the copy, `sha256sum --check`. The page cache holds the files, as it does those that were just calibrated.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openFileStore } from '../src/stores/open-file-store.ts';

const run = promisify(execFile);
const [megabytes = 100, files = 20, rounds = 3] = process.argv.slice(2).map(Number);
const total = megabytes * files;
const root = await fs.mkdtemp(join(tmpdir(), 'caldp-bench-'));
const folder = join(root, 'work');

async function ours(): Promise<void> {
  const store = await openFileStore(join(root, 'archive'));
  const names = await fs.readdir(folder);
  await store.replaceFolder(
    'data',
    names.map((name) => ({ name, path: join(folder, name) })),
  );
}

const shell = (check: boolean) => async (): Promise<void> => {
  const target = join(root, 'peer');
  const lines = [
    `cd ${folder}`,
    `sha256sum * > ${root}/digests`,
    `cp -r ${folder} ${target}`,
    ...(check ? [`cd ${target}`, `sha256sum --quiet --check ${root}/digests`] : []),
    `sync -f ${target}`,
  ];
  await run('bash', ['-ec', lines.join('\n')]);
};

const tools: Readonly<Record<string, () => Promise<void>>> = {
  caldp: ours,
  'sha256sum, cp -r, sync': shell(false),
  'the same, copy checked': shell(true),
};

try {
  await fs.mkdir(folder);
  for (let index = 0; index < files; index += 1) {
    await fs.writeFile(join(folder, `f${String(index)}.fits`), randomBytes(megabytes * 1_000_000));
  }
  await run('sync');
  for (let round = 1; round <= rounds; round += 1) {
    for (const [tool, publish] of Object.entries(tools)) {
      await fs.rm(join(root, 'archive'), { recursive: true, force: true });
      await fs.rm(join(root, 'peer'), { recursive: true, force: true });
      await run('sync');
      const began = performance.now();
      await publish();
      const seconds = (performance.now() - began) / 1000;
      const speed = (total / seconds).toFixed(0);
      console.log(
        `round ${String(round)} ${tool.padEnd(24)} ${seconds.toFixed(2)} s  ${speed} MB/s`,
      );
    }
  }
} finally {
  await fs.rm(root, { recursive: true, force: true });
}
