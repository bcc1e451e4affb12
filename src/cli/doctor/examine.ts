import { constants } from 'node:fs';
import { access, readFile, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { findProgram } from '../../calibrators/find-program.ts';
import { programVersion } from '../../calibrators/program-version.ts';
import { instruments } from '../../instruments/instrument-of.ts';
import type { StageProgram } from '../../instruments/instrument.ts';
import type { Finding } from './finding.ts';

/** The environment of this machine that is looked at. */
export interface Examination {
  readonly environment: Readonly<Record<string, string>>;
  /** Where work directories go, and the output where one is named. */
  readonly folders: readonly string[];
  readonly signal: AbortSignal;
}

const oldestNode = [20, 19] as const;
const leastSpace = 10e9;
const leastWatches = 65_536;

/** Looks at everything that caldp needs of a machine, one finding for each. Changes nothing. */
export async function* examine(examination: Examination): AsyncGenerator<Finding> {
  yield nodeFinding(process.versions.node);
  for (const program of programs()) yield await programFinding(program, examination);
  for (const folder of examination.folders) {
    yield await writableFinding(folder);
    yield await spaceFinding(folder);
  }
  yield await watchesFinding();
  yield await cacheFinding(examination.environment['CRDS_PATH']);
}

/** Judges a version of Node. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldMajor, oldMinor] = oldestNode;
  const good = major > oldMajor || (major === oldMajor && minor >= oldMinor);
  const advice = good ? '' : `Install Node ${oldestNode.join('.')} or newer.`;
  return { name: 'node', verdict: good ? 'good' : 'bad', found: version, advice };
}

function programs(): readonly StageProgram[] {
  const all = Object.values(instruments).flatMap(({ stage1, stage2 }) =>
    stage2 === undefined ? [stage1] : [stage1, stage2],
  );
  return [...new Map(all.map((each) => [each.program, each])).values()];
}

async function programFinding(
  { program, version, makes }: StageProgram,
  { environment, signal }: Examination,
): Promise<Finding> {
  const path = await findProgram(program, { path: environment['PATH'] ?? '' });
  if (path !== undefined) {
    const told = await programVersion(path, { source: version, environment, signal });
    return { name: program, verdict: 'good', found: `${told} (${path})`, advice: '' };
  }
  const advice = `Without it these are not made: ${makes}. Install it (\`conda install -c conda-forge hstcal\` for the programs that end in \`.e\`), or run the container image.`;
  return { name: program, verdict: 'missing', found: 'not on PATH', advice };
}

async function writableFinding(folder: string): Promise<Finding> {
  const name = `write to ${folder}`;
  const place = await existing(folder);
  try {
    await access(place, constants.R_OK | constants.W_OK | constants.X_OK);
    return { name, verdict: 'good', found: 'yes', advice: '' };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const advice = 'Give the user that runs caldp access, or choose another folder.';
    return { name, verdict: 'bad', found, advice };
  }
}

async function spaceFinding(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await existing(folder));
  const free = bavail * bsize;
  const good = free >= leastSpace;
  return {
    name: `space for ${folder}`,
    verdict: good ? 'good' : 'missing',
    found: `${(free / 1e9).toFixed(1)} GB free`,
    advice: good ? '' : 'A dataset under way takes up to 2 GB: free space or choose another disk.',
  };
}

async function watchesFinding(): Promise<Finding> {
  const name = 'inotify watches';
  try {
    const most = Number(await readFile('/proc/sys/fs/inotify/max_user_watches', 'utf8'));
    const good = most >= leastWatches;
    const advice = good
      ? ''
      : 'Each folder in a drop takes one: `sysctl fs.inotify.max_user_watches=524288`. Without watches the drop is polled.';
    return { name, verdict: good ? 'good' : 'missing', found: String(most), advice };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const advice = 'Drop folders are polled: `--watch poll`.';
    return { name, verdict: 'missing', found, advice };
  }
}

async function cacheFinding(cache: string | undefined): Promise<Finding> {
  const name = 'CRDS cache';
  if (cache === undefined || cache === '') {
    const advice = 'Set CRDS_PATH, or name a configuration with `--config`.';
    return { name, verdict: 'missing', found: 'CRDS_PATH is not set', advice };
  }
  try {
    await access(cache, constants.R_OK);
    return { name, verdict: 'good', found: cache, advice: '' };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const advice = 'Make it, mount it, or choose another configuration: see docs/crds.md.';
    return { name, verdict: 'missing', found, advice };
  }
}

async function existing(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch {
    // ENOENT: it is made when it is needed; then its parent counts. Other reasons are found by the caller there.
    return dirname(folder) === folder ? folder : existing(dirname(folder));
  }
}
