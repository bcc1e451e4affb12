import { dirname, join, resolve } from 'node:path';
import { systemCode } from '../../errors/system-condition.ts';
import { isMissing } from '../../inputs/is-missing.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import { legacyFolderName, type ReferenceLayout } from '../configuration/cache-layout.ts';
import type { CrdsSettings } from '../configuration/crds-settings.ts';
import { crdsError } from '../crds-error.ts';
import { writeAtomically } from './write-atomically.ts';

const manyFiles = 20;

/**
 * How references lie in the cache: what `ref_cache_subdir_mode` says, else flat where the folder holds many entries, else a folder
 * for each instrument; what was found out is written down where the cache is writable (`crds/core/config.py`).
 *
 * @throws CaldpError `CRDS_CONFIG_INVALID` when the file names no layout.
 */
export async function referenceLayout(
  settings: CrdsSettings,
  options: { readonly fileSystem: FileSystem },
): Promise<ReferenceLayout> {
  const path = join(settings.folders.config, 'ref_cache_subdir_mode');
  const text = await readIfThere(path, options.fileSystem);
  if (text !== undefined) return parseLayout(text.trim(), path);
  const entries = await listIfThere(settings.folders.references, options.fileSystem);
  const layout = entries.length > manyFiles ? 'flat' : 'instrument';
  if (!settings.isReadOnly) await writeAtomically(path, layout, options);
  return layout;
}

/**
 * Gives an instrument's folder the second name that calibration programs know it by, `jref` for `acs`, where the cache has a folder
 * for each instrument and lacks the name.
 */
export async function linkLegacyName(
  folder: string,
  options: { readonly instrument: string; readonly fileSystem: FileSystem },
): Promise<void> {
  const name = legacyFolderName(options.instrument);
  if (name === undefined) return;
  try {
    await options.fileSystem.symlink(resolve(folder), join(dirname(folder), name));
  } catch (error) {
    // EEXIST: it is there, or another process made it just now.
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

function parseLayout(text: string, path: string): ReferenceLayout {
  if (text === 'flat' || text === 'instrument' || text === 'legacy') return text;
  throw crdsError('CRDS_CONFIG_INVALID', {
    message: `\`${path}\` holds ${JSON.stringify(text.slice(0, 40))}; expected \`flat\`, \`instrument\` or \`legacy\`.`,
    advice: 'Write the layout of this cache into the file, or remove it so that it is found out.',
  });
}

async function readIfThere(path: string, fileSystem: FileSystem): Promise<string | undefined> {
  try {
    return await fileSystem.readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function listIfThere(folder: string, fileSystem: FileSystem): Promise<readonly string[]> {
  try {
    return await fileSystem.readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
