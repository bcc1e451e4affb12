/** How a CRDS cache keeps references: all in one folder, or one folder an instrument. */
export type CacheLayout = 'flat' | 'instrument';

const folders = { iref: 'wfc3', jref: 'acs', oref: 'stis', lref: 'cos', nref: 'nicmos' };

/** The variables by which headers name references (`jref$x_bia.fits`) and the folders they stand for; each ends with `/`. */
export function referenceFolders(
  crdsPath: string,
  options: { readonly layout: CacheLayout },
): Readonly<Record<string, string>> {
  const root = `${crdsPath.replace(/\/+$/, '')}/references/hst/`;
  if (options.layout === 'flat') {
    return Object.fromEntries([...Object.keys(folders), 'uref'].map((name) => [name, root]));
  }
  return Object.fromEntries(
    Object.entries(folders).map(([name, folder]) => [name, `${root}${folder}/`]),
  );
}
