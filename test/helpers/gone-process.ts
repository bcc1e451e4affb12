import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ProcessIdentity } from '../../src/system/process-identity.ts';

/** The identity of a process that has ended: its start is that of no other. */
export async function goneProcess(self: ProcessIdentity): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return { ...self, pid: child.pid ?? 1 };
}
