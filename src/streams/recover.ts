import { reapSurvivors } from '../calibrators/processes/reap-survivors.ts';
import type { Workspace } from '../inputs/workspace.ts';
import type { DataTree } from '../sinks/data-tree.ts';
import type { MessageTree } from '../sinks/message-tree.ts';
import { sweepOutput } from './sweep-output.ts';

/** What recovering looks at. */
export interface RecoverTools {
  readonly workspace: Workspace;
  readonly data: DataTree;
  readonly messages: MessageTree;
}

/**
 * Clears what an earlier run left behind when it was killed, before a new one begins: programs that still run in its work
 * directories are ended, directories that were half removed go, and so does what was not yet complete in the output. A dataset
 * that was put aside when its successor was not yet in place comes back. Leases are not looked at: who claims a dataset
 * tells whether its holder lives.
 *
 * What cannot be cleared is told and does no harm: it has a name that nobody reads.
 *
 * @returns what was done and what was not, one sentence each.
 */
export async function recover(
  workRoot: string,
  { workspace, data, messages }: RecoverTools,
): Promise<readonly string[]> {
  const reaped = await reapSurvivors(workRoot);
  await workspace.sweep();
  return [
    ...reaped.map(({ folder, program, ended, left }) =>
      left.length === 0
        ? `Ended ${String(ended)} processes of \`${program}\` that an earlier run left in \`${folder}\`.`
        : `\`${program}\` of an earlier run still runs in \`${folder}\` and could not be ended: ${left.join(', ')}.`,
    ),
    ...(await sweepOutput({ data, messages })),
  ];
}
