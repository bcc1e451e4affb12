import { join } from 'node:path';
import type { ReferenceLayout } from './cache-layout.ts';
import type { CrdsSettings } from './crds-settings.ts';

const instruments: Readonly<Record<string, string>> = {
  jref: 'acs',
  iref: 'wfc3',
  oref: 'stis',
  lref: 'cos',
  nref: 'nicmos',
  uref: 'wfpc2',
};

/**
 * The environment variables by which calibration programs find references: `jref` for the `jref$` of headers and so on, each with `/`
 * at its end. In a legacy cache those that are set already.
 */
export function referenceEnvironment(
  settings: CrdsSettings,
  options: { readonly layout: ReferenceLayout },
): Readonly<Record<string, string>> {
  const { references } = settings.folders;
  const variables = Object.entries(instruments).flatMap(([name, instrument]) => {
    const folder = {
      flat: references,
      instrument: join(references, instrument),
      legacy: settings.legacyFolders.get(name),
    }[options.layout];
    return folder === undefined ? [] : [[name, folder.replace(/\/*$/, '/')] as const];
  });
  return Object.fromEntries(variables);
}
