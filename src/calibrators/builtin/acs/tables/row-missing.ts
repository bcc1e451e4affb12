import { CaldpError } from '../../../../errors/caldp-error.ts';

/** The error for a reference table without a row for an exposure. */
export function rowMissing(
  keyword: string,
  options: { readonly path: string; readonly wanted: string },
): CaldpError {
  return new CaldpError(
    `${keyword} \`${options.path}\` has no row for this exposure (${options.wanted}).`,
    {
      code: 'ACS_TABLE_ROW_MISSING',
      advice: `Check that ${keyword} is the reference that CRDS selects for this exposure.`,
      exit: 'STAGE1_ERROR',
    },
  );
}
