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
      advice: adviceFor(missing.map(({ keyword }) => keyword)),
      exit: 'STAGE1_ERROR',
    },
  );
}

function adviceFor(keywords: readonly string[]): string {
  const advice = 'Fetch what is missing into the reference folder, or set the step of each to OMIT';
  // Rules of 2019 and before know of no SATUFILE, so that nothing but a newer context helps.
  return keywords.includes('SATUFILE')
    ? `${advice}: BIASCORR needs a SATUFILE since calacs 10, which older CRDS contexts do not assign.`
    : `${advice}.`;
}
