import { join } from 'node:path';
import { crdsError } from '../crds-error.ts';
import type { CrdsSettings } from './crds-settings.ts';
import { referenceInstrument } from './reference-instrument.ts';

/** How references lie in the cache: all in one folder, a folder for each instrument, or folders named by `jref` and so on. */
export type ReferenceLayout = 'flat' | 'instrument' | 'legacy';

const legacyNames: Readonly<Record<string, string>> = {
  acs: 'jref',
  stis: 'oref',
  nicmos: 'nref',
  wfpc2: 'uref',
  wfc3: 'iref',
  cos: 'lref',
  synphot: 'mtab',
};

/** The name that programs know an instrument's folder of references by: `jref` for `acs`; undefined for synphot and others. */
export function legacyFolderName(instrument: string): string | undefined {
  return instrument === 'synphot' ? undefined : legacyNames[instrument];
}

/**
 * Where a reference lies or is to lie in the cache.
 *
 * @throws CaldpError `CRDS_REFERENCE_FAILED` for a name that is no file name or does not tell its instrument where the layout needs
 *   it; `CRDS_CONFIG_INVALID` where a legacy cache has no folder for the instrument.
 */
export function referencePath(
  name: string,
  options: { readonly settings: CrdsSettings; readonly layout: ReferenceLayout },
): string {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) throw badName(name, 'it is not a file name');
  const { folders } = options.settings;
  if (options.layout === 'flat') return join(folders.references, name);
  const instrument = referenceInstrument(name);
  if (!instrument) throw badName(name, 'its name does not tell its instrument');
  return options.layout === 'instrument'
    ? join(folders.references, instrument, name)
    : join(legacyFolder(instrument, options.settings), name);
}

function legacyFolder(instrument: string, settings: CrdsSettings): string {
  const variable = legacyNames[instrument] ?? instrument;
  const folder = settings.legacyFolders.get(variable);
  if (folder !== undefined) return folder;
  throw crdsError('CRDS_CONFIG_INVALID', {
    message: `The reference cache has the legacy layout and the environment variable \`${variable}\` does not name its folder for ${instrument}.`,
    advice: `Set \`${variable}\`, or write \`instrument\` or \`flat\` into \`ref_cache_subdir_mode\` of the cache's configuration folder.`,
  });
}

function badName(name: string, reason: string): Error {
  return crdsError('CRDS_REFERENCE_FAILED', {
    message: `The reference \`${name}\` has no place in the cache: ${reason}.`,
    advice: 'Tell the CRDS team which context names it, and choose another context.',
  });
}
