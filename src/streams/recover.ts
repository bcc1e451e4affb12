import { reapSurvivors } from '../calibrators/processes/reap-survivors.ts';
import type { Workspace } from '../inputs/workspace.ts';

/**
 * Clears what an earlier run left behind when it was killed, before a new one begins: programs that still run in its work
 * directories are ended, directories that were half removed go. Leftovers in the output are cleared when their dataset is
 * published again.
 *
 * @returns what was done, one sentence each.
 */
export async function recover({
  workRoot,
  workspace,
}: {
  readonly workRoot: string;
  readonly workspace: Workspace;
}): Promise<readonly string[]> {
  const reaped = await reapSurvivors(workRoot);
  await workspace.sweep();
  return reaped.map(({ folder, program, ended, left }) =>
    left.length === 0
      ? `Ended ${String(ended)} processes of \`${program}\` that an earlier run left in \`${folder}\`.`
      : `\`${program}\` of an earlier run still runs in \`${folder}\` and could not be ended: ${left.join(', ')}.`,
  );
}
