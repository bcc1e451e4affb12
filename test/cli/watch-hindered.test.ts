import { spawnSync } from 'node:child_process';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { simulatedDatasets } from '../simulated/simulated-data.ts';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { commandSite, type CommandSite, type StartedCommand } from '../helpers/command-site.ts';
import { needsProgram, skip } from '../helpers/needs.ts';
import { until } from '../helpers/until.ts';
import { caldpProgram } from '../helpers/caldp-program.ts';

const quick = ['--interval', '0.2s', '--quiet', '0.2s', '--min-free', '0'] as const;
const common = ['watch', 'drop', '-o', 'out', '--references', 'keep', ...quick] as const;
const raw = 'j8zz02a1q_raw.fits';
const soon = { deadline: 60_000 };
const nobody = 65_534;

/** A site whose commands may not read everything, as those of root may; undefined after saying that the test is skipped. */
async function unprivilegedSite(t: ExecutionContext): Promise<CommandSite | undefined> {
  const site = await commandSite(t);
  if (process.getuid?.() !== 0) return site;
  const reads = `require('node:fs').accessSync(${JSON.stringify(caldpProgram.at(-1))})`;
  const { status } = spawnSync(process.execPath, ['-e', reads], { uid: nobody, gid: nobody });
  if (status !== 0) {
    skip(t, 'only root can read the program');
    return undefined;
  }
  await chmod(site.folder, 0o777);
  const start = (...args: readonly string[]): StartedCommand =>
    site.startIn({ user: nobody }, ...args);
  return { ...site, start };
}

test.serial('a file that may not be read is told, and taken when it may', async (t) => {
  const site = await unprivilegedSite(t);
  if (site === undefined) return;
  const { drop, start } = site;
  simulatedDatasets.exposure(drop);
  await chmod(join(drop, raw), 0);
  const run = start(...common, '--incomplete-after', '0.2s');
  await until(() => /FILE_UNREADABLE/.test(run.out() + run.err()), soon);
  await chmod(join(drop, raw), 0o644);
  await until(() => /j8zz02a1q: published/.test(run.out()), soon);
  run.child.kill('SIGTERM');
  t.is(await run.ended, 0, run.err());
});

for (const [title, parts] of [
  ['the drop folder', []],
  ['a folder in it', ['deep']],
] as const) {
  test.serial(`permission to read ${title} is missing, given, lost and given back`, async (t) => {
    const site = await unprivilegedSite(t);
    if (site === undefined) return;
    const { drop, start } = site;
    const folder = join(drop, ...parts);
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0);
    t.teardown(() => chmod(folder, 0o755));
    const run = start(...common);
    const told = (text: string): number => run.err().split(text).length - 1;
    await until(() => told('Give the user') === 1, soon);
    t.true(run.err().includes(`\`${folder}\` cannot be read`), run.err());
    simulatedDatasets.exposure(folder);
    await chmod(folder, 0o755);
    await until(() => run.out().includes('j8zz02a1q: published'), soon);
    await until(() => told('Over: ') === 1, soon);
    await chmod(folder, 0);
    await until(() => told('Give the user') === 2, soon);
    writeSimulatedImages(folder, { root: 'j8zz02a2q', setup: simulatedSetups.hrc, seed: 2 });
    await chmod(folder, 0o755);
    await until(() => run.out().includes('j8zz02a2q: published'), soon);
    run.child.kill('SIGTERM');
    t.is(await run.ended, 0, run.err());
    t.is(told('Give the user'), 2);
  });
}

for (const [limit, value] of [
  ['max_inotify_watches', 2],
  ['max_inotify_instances', 0],
] as const) {
  test.serial(
    `with a ${limit} of ${String(value)} it says so, polls and loses nothing`,
    async (t) => {
      if (needsProgram(t, 'unshare') === undefined) return;
      // A user namespace has limits of its own, so that nobody else is hindered.
      const script = `echo ${String(value)} > /proc/sys/user/${limit} && exec "$@"`;
      const wrapper = ['unshare', '--user', '--map-root-user', 'sh', '-c', script, 'sh'] as const;
      const [program, ...rest] = [...wrapper, 'true'];
      if (spawnSync(program, rest).status !== 0) {
        skip(t, 'no user namespace can be made here');
        return;
      }
      const { drop, startIn } = await commandSite(t);
      for (const name of ['a', 'b', 'c', 'd']) await mkdir(join(drop, name));
      const run = startIn({ wrapper }, ...common, '--watch', 'events');
      await until(() => run.err().includes('WATCH_LIMITED'), soon);
      t.regex(run.err(), /polled instead: .*(ENOSPC|EMFILE).* Raise the limit/s);
      simulatedDatasets.exposure(join(drop, 'd'));
      await until(() => /j8zz02a1q: published/.test(run.out()), soon);
      run.child.kill('SIGTERM');
      t.is(await run.ended, 0, run.err());
      t.is(run.err().match(/WATCH_LIMITED/g)?.length, 1);
    },
  );
}
