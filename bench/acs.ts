/**
 * Wall time and memory of the built-in ACS calibrator beside calacs.e, in one run, on a dataset of your own:
 * `npx tsx bench/acs.ts FOLDER INPUT JREF [RUNS]`. The built-in one runs from the build (`npm run build`), in two threads, and is warm
 * from its second run on; calacs.e, which has to be on PATH, starts anew each time and takes all cores. Each works in a copy of FOLDER
 * that is made just before and removed right after, so that both find the same memory free. Run it on a machine that does nothing else.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Built {
  readonly openAcsCalibrator: (program: { readonly name: string; readonly version: string }) => {
    calibrate(input: string, options: object): Promise<unknown>;
    close(): Promise<void>;
  };
}

const [folder, input, jref, runs = '3'] = process.argv.slice(2);
if (folder === undefined || input === undefined || jref === undefined)
  throw new Error('Expected FOLDER INPUT JREF [RUNS].');
const built = new URL('../dist/calibrators/builtin/acs/acs-calibrator.js', import.meta.url).href;
const { openAcsCalibrator } = (await import(built)) as Built;
const calibrator = openAcsCalibrator({ name: 'caldp', version: 'bench' });
const home = mkdtempSync(join(tmpdir(), 'caldp-bench-'));

for (let run = 1; run <= Number(runs); run += 1) {
  const theirs = await measured((copy) => {
    const env = { ...process.env, jref };
    const { status } = spawnSync('calacs.e', [input], { cwd: copy, env });
    if (status !== 0) throw new Error(`calacs.e ended with ${status}.`);
    return Promise.resolve();
  });
  const ours = await measured((copy) =>
    calibrator.calibrate(input, { folder: copy, environment: { jref }, threads: 2 }),
  );
  const rss = process.resourceUsage().maxRSS / 1024;
  console.log(
    `run ${run}: calacs.e ${theirs.toFixed(2)} s, built-in ${ours.toFixed(2)} s, ratio ${(ours / theirs).toFixed(2)}, ` +
      `largest RSS of this process ${rss.toFixed(0)} MiB; load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]}`,
  );
}
await calibrator.close();
rmSync(home, { recursive: true });

/** Seconds that some work takes in a fresh copy of the folder. */
async function measured(work: (copy: string) => Promise<unknown>): Promise<number> {
  const copy = join(home, 'copy');
  cpSync(folder ?? '', copy, { recursive: true });
  const start = process.hrtime.bigint();
  await work(copy);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  rmSync(copy, { recursive: true });
  return seconds;
}
