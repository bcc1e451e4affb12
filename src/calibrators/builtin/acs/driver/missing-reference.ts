import { CaldpError } from '../../../../errors/caldp-error.ts';

/** The error for references that are not there; lists all of them. */
export function missingReferences(
  missing: readonly { readonly keyword: string; readonly name: string }[],
): CaldpError {
  const list = missing
    .map(({ keyword, name }) => `${keyword} ${name === '' ? '(blank)' : `\`${name}\``}`)
    .join(', ');
  const [verb, noun] = missing.length === 1 ? ['is', 'reference'] : ['are', 'references'];
  return new CaldpError(
    `${missing.length === 1 ? 'One' : missing.length} ${noun} that the exposure asks for ${verb} not there: ${list}.`,
    {
      code: 'ACS_REFERENCE_MISSING',
      advice:
        'Fetch the missing files into the reference folder, or set the step of each to OMIT; calacs 10.5.0 needs a SATUFILE for BIASCORR.',
      exit: 'STAGE1_ERROR',
    },
  );
}
