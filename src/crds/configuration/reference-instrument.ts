const byLetter: Readonly<Record<string, string>> = {
  j: 'acs',
  o: 'stis',
  n: 'nicmos',
  u: 'wfpc2',
  i: 'wfc3',
  l: 'cos',
  m: 'synphot',
};

/**
 * The instrument that a reference is for, by its name alone (`crds/hst/locate.py:instrument_from_refname`): the second field
 * of `hst_<instrument>_<type>_nnnn.fits`, synphot for tables of throughput, else the last letter of the first field.
 *
 * @returns Lower case; the empty text for a context; undefined when the name says nothing.
 */
export function referenceInstrument(name: string): string | undefined {
  const file = (name.split('/').at(-1) ?? name).toLowerCase();
  const named = /^hst(?:_([a-z][a-z0-9]{1,16})(?:_[a-z][a-z0-9-]{1,32})?)?(?:_\d{4})?\.[a-z0-9]+$/;
  const match = named.exec(file);
  if (match !== null) return match[1] ?? '';
  const pieces = file.split(/[_.]/);
  if (pieces.slice(-2).some((piece) => piece === 'syn' || piece === 'th')) return 'synphot';
  const root = pieces[0] ?? '';
  return byLetter[root.slice(-1)];
}
