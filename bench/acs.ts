/**
 * Wall time and memory of the built-in ACS calibrator beside calacs.e, in one run, on a dataset of your own:
 * `npx tsx bench/acs.ts FOLDER INPUT JREF [RUNS]`. The built-in one runs from the build (`npm run build`) and is warm from its second
 * run on; calacs.e, which has to be on PATH, starts anew each time. Run it on a machine that does nothing else.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
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
const environment = { jref };

for (let run = 1; run <= Number(runs); run += 1) {
  const [theirs, ours] = [join(home, `calacs-${run}`), join(home, `ours-${run}`)];
  for (const copy of [theirs, ours]) cpSync(folder, copy, { recursive: true });
  const calacs = seconds();
  const { status } = spawnSync('calacs.e', [input], { cwd: theirs, env: { ...process.env, jref } });
  const calacsTime = calacs();
  const builtin = seconds();
  await calibrator.calibrate(input, { folder: ours, environment, threads: 2 });
  const builtinTime = builtin();
  const rss = process.resourceUsage().maxRSS / 1024;
  console.log(
    `run ${run}: calacs.e ${calacsTime.toFixed(2)} s (exit ${status}), built-in ${builtinTime.toFixed(2)} s, ` +
      `ratio ${(builtinTime / calacsTime).toFixed(2)}, largest RSS of this process ${rss.toFixed(0)} MB`,
  );
  rmSync(theirs, { recursive: true });
  rmSync(ours, { recursive: true });
}
await calibrator.close();
rmSync(home, { recursive: true });

function seconds(): () => number {
  const start = process.hrtime.bigint();
  return () => Number(process.hrtime.bigint() - start) / 1e9;
}
