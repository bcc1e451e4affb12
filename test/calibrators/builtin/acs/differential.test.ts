import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openAcsCalibrator } from '../../../../src/calibrators/builtin/acs/acs-calibrator.ts';
import { CaldpError } from '../../../../src/errors/caldp-error.ts';
import { needsProgram } from '../../../helpers/needs.ts';
import { temporaryFolder } from '../../../helpers/temporary-folder.ts';
import { compareFolders, outputNames } from './compare-folders.ts';
import { writeRandomDataset } from './simulated/exposures.ts';

/** How many random datasets are compared, from which seed on, and when to stop early. */
const cases = Number(process.env['CALDP_ACS_CASES'] ?? 8);
const firstSeed = Number(process.env['CALDP_ACS_SEED'] ?? Date.now() % 1_000_000);
const limit = process.env['CALDP_ACS_CASES'] === undefined ? 30_000 : Number.POSITIVE_INFINITY;

test('random exposures and associations come out as from calacs', async (t) => {
  t.timeout(3_600_000);
  const calacs = needsProgram(t, 'calacs.e');
  if (calacs === undefined) return;
  t.log(`seeds from ${firstSeed} on; CALDP_ACS_SEED and CALDP_ACS_CASES choose others`);
  const home = await temporaryFolder(t);
  const calibrator = openAcsCalibrator({ name: 'caldp', version: '0.0.0' });
  t.teardown(() => calibrator.close());
  const verdicts = new Map<string, number>();
  const started = Date.now();
  for (let seed = firstSeed; seed < firstSeed + cases && Date.now() - started < limit; seed += 1) {
    const folders = ['raw', 'references', 'theirs', 'ours'].map((name) =>
      join(home, String(seed), name),
    );
    const [raw = '', references = '', theirs = '', ours = ''] = folders;
    mkdirSync(raw, { recursive: true });
    const { input, kind } = writeRandomDataset({ folder: raw, references, seed });
    cpSync(raw, theirs, { recursive: true });
    cpSync(raw, ours, { recursive: true });
    const environment = { jref: `${references}/` };
    const { status, signal } = spawnSync(calacs, [input], {
      cwd: theirs,
      env: { ...process.env, ...environment },
    });
    const error: unknown = await calibrator.calibrate(input, { folder: ours, environment }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error !== undefined)
      t.true(error instanceof CaldpError, `seed ${seed} (${kind}): ${messageOf(error)}`);
    const verdict = verdictOf({ status, signal, error });
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    if (verdict === 'compared') {
      const names = [...new Set([...outputNames(theirs), ...outputNames(ours)])];
      t.deepEqual(compareFolders(theirs, { got: ours, names }), [], `seed ${seed} (${kind})`);
    }
    t.not(verdict, 'only ours failed', `seed ${seed} (${kind}): ${messageOf(error)}`);
  }
  t.log(Object.fromEntries(verdicts));
});

function verdictOf(ended: {
  readonly status: number | null;
  readonly signal: string | null;
  readonly error: unknown;
}): string {
  const { status, signal, error } = ended;
  if (signal !== null) return 'calacs crashed';
  if (status !== 0) return error === undefined ? 'only calacs failed' : 'both failed';
  if (error === undefined) return 'compared';
  return error instanceof CaldpError && error.code === 'ACS_MODE_REFUSED'
    ? 'refused'
    : 'only ours failed';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no error';
}
