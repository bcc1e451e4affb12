import { constants } from 'node:fs';
import { dirname } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';
import type { ObservableSource } from '../sources/source-health.ts';
import type { SpaceGuard } from '../sources/space-guard.ts';
import type { Layout } from '../sinks/layout.ts';
import type { Store } from '../stores/store.ts';
import type { Shutdown } from '../streams/shutdown.ts';

/** One thing that has to be well. */
export interface ReadinessCheck {
  readonly name: 'source' | 'output' | 'space' | 'running';
  readonly ok: boolean;
  /** Why not, as a sentence, or how it is. */
  readonly reason: string;
}

/** What readiness is judged by. */
export interface ReadinessTools {
  readonly source: ObservableSource;
  readonly guard: SpaceGuard;
  readonly store: Store;
  readonly layout: Layout;
  readonly shutdown: Shutdown;
  readonly fileSystem: FileSystem;
  /** Path of the output where it is a folder. */
  readonly outputFolder?: string;
}

/** Milliseconds that a scan may be late at least, whatever the interval: a busy machine is no failure. */
const leastPatience = 15_000;

/** Whether datasets that arrive now would be processed: looks at each thing when asked. */
export async function readiness(tools: ReadinessTools): Promise<readonly ReadinessCheck[]> {
  return [sourceCheck(tools), await outputCheck(tools), await spaceCheck(tools), runCheck(tools)];
}

function sourceCheck({ source }: ReadinessTools): ReadinessCheck {
  const { scannedAt, interval, problems, blind, busy = false } = source.health();
  const name = 'source';
  const [problem] = problems;
  if (blind && problem !== undefined) return { name, ok: false, reason: problem.message };
  if (busy) return { name, ok: true, reason: 'A scan is under way.' };
  if (scannedAt === undefined) return { name, ok: false, reason: 'It was not scanned yet.' };
  const age = Date.now() - scannedAt.getTime();
  const ok = age <= Math.max(2 * interval, leastPatience);
  return { name, ok, reason: `Scanned ${(age / 1000).toFixed(1)} s ago.` };
}

async function outputCheck(tools: ReadinessTools): Promise<ReadinessCheck> {
  const { store, layout, fileSystem, outputFolder } = tools;
  const name = 'output';
  try {
    await store.stat(layout.messageKey('processed', 'probe'));
    if (outputFolder !== undefined) {
      await checkWritable(outputFolder, fileSystem);
    }
    return { name, ok: true, reason: `\`${store.uri}\` answers.` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, ok: false, reason: `\`${store.uri}\` does not answer: ${reason}` };
  }
}

/** A folder that is not there yet is made when the first dataset is published: then its parent counts. */
async function checkWritable(folder: string, fileSystem: FileSystem): Promise<void> {
  try {
    await fileSystem.access(folder, constants.R_OK | constants.W_OK);
  } catch (error) {
    const parent = dirname(folder);
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing || parent === folder) throw error;
    await checkWritable(parent, fileSystem);
  }
}

async function spaceCheck({ guard }: ReadinessTools): Promise<ReadinessCheck> {
  const [problem] = await guard.check();
  const reason = problem?.message ?? 'There is room on the disks.';
  return { name: 'space', ok: problem === undefined, reason };
}

function runCheck({ shutdown }: ReadinessTools): ReadinessCheck {
  const ok = !shutdown.draining.aborted;
  return { name: 'running', ok, reason: ok ? 'Running.' : 'Told to stop; nothing is begun.' };
}
