/** An observing mode as IMPHTTAB knows it. */
export interface Obsmode {
  /** Lower case, components separated by commas, values cut off: `acs,wfc1,f814w,mjd#`. */
  readonly key: string;
  /** The components with values, in their order: `mjd#` and its number. */
  readonly parameters: readonly { readonly name: string; readonly value: number }[];
}

/** Makes the look-up key of a PHOTMODE. */
export function obsmodeOf(photMode: string): Obsmode {
  const tokens = photMode.toLowerCase().replaceAll(' ', ',').split(',');
  const names = tokens.map((token) => token.replace(/#.*/, '#'));
  const parameters = tokens
    .filter((token) => token.includes('#'))
    .map((token) => ({
      name: token.replace(/#.*/, '#'),
      value: Number.parseFloat(token.replace(/^[^#]*#/, '')) || 0,
    }));
  return { key: names.join(','), parameters };
}

/**
 * Whether a row of IMPHTTAB stands for a key: same length, and each of its components is found somewhere in the key.
 * A component may be found inside another, as calacs' search does it.
 */
export function matchesKey(rowObsmode: string, key: string): boolean {
  if (rowObsmode.length !== key.length) return false;
  return rowObsmode
    .toLowerCase()
    .split(',')
    .every((token) => key.includes(token));
}
