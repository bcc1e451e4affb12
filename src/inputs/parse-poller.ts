import { CaldpError } from '../errors/caldp-error.ts';

/**
 * The exposures that a poller file (`<id>_input.out`) of a mosaic names: the first column of every line, in order.
 *
 * @param options.file - its name, for messages
 * @throws CaldpError `POLLER_INVALID` when there are none, or one is not the plain name of a FITS file, or stands twice.
 */
export function parsePoller(text: string, options: { readonly file: string }): readonly string[] {
  const names: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const name = (line.split(',')[0] ?? '').trim();
    if (line.trim() === '') continue;
    const where = `Line ${index + 1} of the poller file \`${options.file}\``;
    if (!/^[A-Za-z0-9][\w.+-]*\.fits$/.test(name)) {
      throw invalid(`${where} begins with \`${name.slice(0, 80)}\`, not with the name of a file.`);
    }
    if (names.includes(name)) throw invalid(`${where} names \`${name}\` a second time.`);
    names.push(name);
  }
  if (names.length === 0) throw invalid(`The poller file \`${options.file}\` names no exposures.`);
  return names;
}

function invalid(message: string): CaldpError {
  return new CaldpError(message, {
    code: 'POLLER_INVALID',
    advice:
      'A line has the form `j8ph01g0q_flc.fits,9774,8PH,01,90.0,CLEAR1L;F814W,WFC,j8ph01g0q_flc.fits`; get the file again.',
  });
}
