import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { caldpProgram } from '../helpers/caldp-program.ts';
import { crdsServer } from '../helpers/crds-server.ts';
import { smallContext, smallHeader } from '../helpers/small-context.ts';
import { writeSmallExposure } from '../helpers/small-exposure.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { until } from '../helpers/until.ts';
import { simulatedSky, writeImages } from '../helpers/write-images.ts';

interface Started {
  readonly folder: string;
  /** Sends the signal when the condition holds; how the command ended then. */
  readonly stopped: (
    signal: 'SIGINT' | 'SIGTERM',
    options: { readonly when: () => boolean | Promise<boolean> },
  ) => Promise<{ readonly code: number | undefined; readonly err: string }>;
}

function started(
  args: readonly string[],
  { folder, env = {} }: { readonly folder: string; readonly env?: NodeJS.ProcessEnv },
): Started {
  const run = execa(process.execPath, [...caldpProgram, ...args], {
    cwd: folder,
    env: { NODE_OPTIONS: '', ...env },
    reject: false,
  });
  return {
    folder,
    stopped: async (signal, { when }) => {
      await until(when, { deadline: 30_000 });
      run.kill(signal);
      const { exitCode, stderr } = await run;
      return { code: exitCode, err: stderr };
    },
  };
}

/** A folder with exposures, and a server that falls silent in the middle of some rules. */
async function silentServer(t: ExecutionContext): Promise<{
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly isSilent: () => boolean;
}> {
  const server = await crdsServer(t);
  const rules = smallContext.rules.at(-1) ?? '';
  server.fail(rules, { kind: 'stall' });
  const folder = await temporaryFolder(t);
  for (const name of ['a_raw.fits', 'b_raw.fits']) {
    await writeSmallExposure(join(folder, name), smallHeader);
  }
  const env = { CRDS_PATH: join(folder, 'cache'), CRDS_SERVER_URL: server.url };
  return { folder, env, isSilent: () => server.requests.includes(rules) };
}

for (const args of [
  ['crds', 'sync'],
  ['bestrefs', 'a_raw.fits', 'b_raw.fits'],
]) {
  test(`\`${args.join(' ')}\` says that it was stopped while a server is silent`, async (t) => {
    const { folder, env, isSilent } = await silentServer(t);
    const { code, err } = await started(args, { folder, env }).stopped('SIGINT', {
      when: isSilent,
    });
    t.is(code, 130);
    t.is(err.trimEnd().split('\n').at(-1), 'caldp: Stopped by SIGINT.');
    t.notRegex(err, /defect|_FAILED/);
    const left = await readdir(folder, { recursive: true });
    t.deepEqual(
      left.filter((path) => basename(path).startsWith('.')),
      [],
    );
  });
}

test('`preview` finishes the file that it draws and says that it was stopped', async (t) => {
  const folder = await temporaryFolder(t);
  const pixels = simulatedSky({ width: 300, height: 200 });
  const names = Array.from({ length: 200 }, (_, index) => `${index}_flt.fits`);
  for (const name of names) {
    writeImages(join(folder, name), { images: [{ name: 'SCI', axes: [300, 200], pixels }] });
  }
  const pictures = async (): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => !name.endsWith('.fits'));
  const { code, err } = await started(['preview', ...names], { folder }).stopped('SIGTERM', {
    when: async () => (await pictures()).length > 0,
  });
  t.is(code, 143);
  t.is(err, 'caldp: Stopped by SIGTERM.');
  const made = await pictures();
  t.true(made.length < 2 * names.length);
  t.deepEqual(
    made.filter((name) => !name.endsWith('.jpg')),
    [],
  );
});
