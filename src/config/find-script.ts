import { access, constants, stat } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { ConfigurationOptions } from './configuration-options.ts';

/**
 * Finds a configuration script as `source` does: a name without a slash is looked up on PATH first, then in the current folder.
 *
 * @throws CaldpError `CONFIG_UNKNOWN`.
 */
export async function findScript(
  name: string,
  options: Pick<ConfigurationOptions, 'inherited' | 'base'>,
): Promise<string> {
  const folders = name.includes('/') ? [] : (options.inherited['PATH'] ?? '').split(delimiter);
  for (const folder of [...folders.filter((entry) => entry !== ''), options.base]) {
    const path = resolve(folder, name);
    if (await isReadable(path)) return path;
  }
  throw new CaldpError(
    `There is no configuration \`${name}\`: expected \`onsite\`, \`offsite\`, \`aws\` or a shell script that can be read.`,
    {
      code: 'CONFIG_UNKNOWN',
      advice: 'Give the name of a configuration or the path of a script.',
      exit: 'CMDLINE_ERROR',
    },
  );
}

async function isReadable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK);
    return (await stat(path)).isFile();
  } catch {
    // ENOENT, EACCES, ENOTDIR: not this one.
    return false;
  }
}
