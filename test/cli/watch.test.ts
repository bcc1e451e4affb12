import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { create } from 'tar';
import { simulatedDatasets } from '../simulated/simulated-data.ts';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { commandSite } from '../helpers/command-site.ts';
import { until } from '../helpers/until.ts';

const quick = ['--interval', '0.2s', '--quiet', '0.2s', '--min-free', '0'] as const;
const common = ['-o', 'out', '--references', 'keep', ...quick] as const;
const id = 'j8zz02a1q';
const soon = { deadline: 60_000 };

test.serial(
  'what is in the folder is processed once, and what is incomplete is told',
  async (t) => {
    const { drop, start } = await commandSite(t);
    await mkdir(join(drop, 'deep'));
    simulatedDatasets.exposure(join(drop, 'deep'));
    simulatedDatasets.crSplit(drop);
    await rm(join(drop, 'j8zz01a2q_raw.fits'));
    const first = start('watch', 'drop', ...common, '--once');
    t.is(await first.ended, 0, first.out());
    t.regex(first.out(), /j8zz02a1q: published/);
    t.regex(first.out(), /j8zz01010: waiting since .*`j8zz01a2q`.*MEMBER_MISSING/);
    t.regex(first.out(), /1 published, 1 waiting\.\n$/);
    const second = start('watch', 'drop', ...common, '--once');
    t.is(await second.ended, 0);
    t.regex(second.out(), /1 skipped, 1 waiting\.\n$/);
  },
);

test.serial('a new version of a published dataset is processed again', async (t) => {
  const { drop, start } = await commandSite(t);
  simulatedDatasets.exposure(drop);
  const run = start('watch', 'drop', ...common);
  await until(() => /published/.test(run.out()), soon);
  writeSimulatedImages(drop, { root: id, setup: simulatedSetups.hrc, seed: 77 });
  await until(() => run.out().match(/published/g)?.length === 2, soon);
  run.child.kill('SIGTERM');
  t.is(await run.ended, 0, run.err());
});

test.serial('SIGTERM while idle ends the watch at once with 0', async (t) => {
  const { drop, start } = await commandSite(t);
  simulatedDatasets.exposure(drop);
  const run = start('watch', 'drop', ...common);
  await until(() => /published/.test(run.out()), soon);
  const told = performance.now();
  run.child.kill('SIGTERM');
  t.is(await run.ended, 0);
  const took = performance.now() - told;
  t.log(`${took.toFixed(0)} ms`);
  t.true(took < (process.env['CI'] === undefined ? 3000 : 10_000));
  t.regex(run.out(), /1 published\.\n$/);
});

test.serial('SIGTERM while a program runs waits for it; the dataset is published', async (t) => {
  const { drop, start, folder } = await commandSite(t, { calacs: 'copies-raws' });
  simulatedDatasets.exposure(drop);
  const run = start('watch', 'drop', ...common, '--json', '--grace', '60s');
  await until(() => /"stage-started".*"stage"/.test(run.out()), soon);
  run.child.kill('SIGTERM');
  t.is(await run.ended, 0, run.err());
  t.regex(run.out(), /"type":"settled".*"status":"published"/);
  t.true((await readdir(join(folder, 'out', 'messages', 'dataset-processed'))).includes(id));
});

test.serial(
  'a second signal stops a program at once; the next run takes the dataset up',
  async (t) => {
    const { drop, start, folder } = await commandSite(t, { calacs: 'runs-long' });
    simulatedDatasets.exposure(drop);
    const run = start('watch', 'drop', ...common, '--json');
    await until(() => /"stage-started".*"calibrate"/.test(run.out()), soon);
    run.child.kill('SIGTERM');
    await until(() => run.err().includes('No further dataset'), soon);
    run.child.kill('SIGTERM');
    t.is(await run.ended, 143);
    t.regex(run.out(), /"status":"interrupted"/);
    const left = await readdir(join(folder, 'out', 'messages'), { recursive: true });
    t.false(left.some((name) => name.endsWith(id)));
  },
);

test.serial('no dataset is begun while the disk is short of space, and this is said', async (t) => {
  const { drop, start } = await commandSite(t);
  simulatedDatasets.exposure(drop);
  const run = start('watch', 'drop', ...common, '--min-free', '9000T');
  await until(() => run.err().includes('SPACE_SHORT'), soon);
  run.child.kill('SIGTERM');
  t.is(await run.ended, 0);
  t.notRegex(run.out(), /j8zz02a1q/);
});

test.serial('a folder that comes late is waited for, and said', async (t) => {
  const { drop, start } = await commandSite(t);
  const later = join(drop, 'later');
  const run = start('watch', later, ...common);
  await until(() => run.err().includes('WATCH_ROOT_MISSING'), soon);
  await mkdir(later);
  simulatedDatasets.exposure(later);
  await until(() => /published/.test(run.out()), soon);
  run.child.kill('SIGINT');
  t.is(await run.ended, 0);
  t.regex(run.err(), /Over: The drop folder/);
});

for (const [title, args, message] of [
  ['an output in the drop folder', ['drop', '-o', 'drop/out'], /WATCH_OVERLAP/],
  ['no output', ['drop'], /required option.*--output/],
  ['two ways to end', ['drop', '-o', 'out', '--once', '--until-idle'], /cannot be used with/],
  ['a time without a unit', ['drop', '-o', 'out', '--interval', '5'], /with a unit/],
  ['a size without sense', ['drop', '-o', 'out', '--min-free', '2X'], /number of bytes/],
] as const) {
  test.serial(`${title} is refused with exit 2`, async (t) => {
    const { start } = await commandSite(t);
    const run = start('watch', ...args);
    t.is(await run.ended, 2, run.err());
    t.regex(run.err(), message);
  });
}

test.serial('a tarball in the folder is processed like its files', async (t) => {
  const { drop, folder, start } = await commandSite(t);
  const unpacked = join(folder, 'unpacked');
  await mkdir(unpacked);
  simulatedDatasets.exposure(unpacked);
  await create({ gzip: true, cwd: unpacked, file: join(drop, `${id}.tar.gz`) }, ['.']);
  const run = start('watch', 'drop', ...common, '--once');
  t.is(await run.ended, 0, run.out());
  t.regex(run.out(), /j8zz02a1q: published/);
  const published = await readdir(join(folder, 'out', 'data', 'acs', id));
  t.true(published.includes(`${id}_raw.fits`), published.join(' '));
});
