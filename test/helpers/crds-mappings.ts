import { execa } from 'execa';
import type { ExecutionContext } from 'ava';
import { temporaryFolder } from './temporary-folder.ts';
import { needsData, needsProgram } from './needs.ts';

/**
 * Unpacks the real rules of HST and the simulated context `hst_9001` side by side; undefined after saying that the test is
 * skipped. Gives the folder that holds the files of rules.
 */
export async function crdsMappings(t: ExecutionContext): Promise<string | undefined> {
  const real = needsData(t, 'crds', 'mappings.tar.xz');
  const simulated = real && needsData(t, 'crds', 'mappings-9001.tar.xz');
  if (!real || !simulated || !needsProgram(t, 'xz')) return undefined;
  const folder = await temporaryFolder(t);
  await execa('tar', ['-xJf', real, '-C', folder, '--strip-components=2', 'mappings/hst']);
  await execa('tar', ['-xJf', simulated, '-C', folder, '--strip-components=1']);
  return folder;
}
