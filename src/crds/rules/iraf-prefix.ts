import { UnansweredError } from './unanswered-error.ts';

const prefixes: Readonly<Record<string, string>> = {
  ACS: 'jref$',
  STIS: 'oref$',
  NICMOS: 'nref$',
  WFPC2: 'uref$',
  WFC3: 'iref$',
  COS: 'lref$',
  MULTI: 'mtab$',
  SYNPHOT: 'ttab$',
};

/**
 * The prefix that stands for the folder of an instrument's references in headers (`crds/hst/siname.py:add_IRAF_prefix`).
 *
 * @param instrument In upper case.
 * @throws UnansweredError when the instrument has none, as the alias `WFII`.
 */
export function irafPrefix(instrument: string): string {
  const prefix = prefixes[instrument];
  if (prefix !== undefined) return prefix;
  throw new UnansweredError(
    `References of the instrument \`${instrument}\` cannot be named in a header: no prefix stands for their folder.`,
    {
      code: 'CRDS_INSTRUMENT_UNKNOWN',
      advice: 'Check the keyword INSTRUME of the file; for WFPC2 it is `WFPC2`.',
      answer: '',
    },
  );
}
