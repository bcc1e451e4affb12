import { formatGeneral } from '../header/c-number.ts';
import { setFloat, setString } from '../header/set-card.ts';
import { obsmodeOf } from '../steps/photcorr/obsmode.ts';
import { notCovered, photometryValue } from '../steps/photcorr/photcorr.ts';
import { photMode } from '../steps/photmode.ts';
import { type PhotometryKeyword, photometryKeywords, readImphttab } from '../tables/imphttab.ts';
import { printReference, printSwitch } from './history.ts';
import type { Report2dImset } from './report-2d-imset.ts';
import type { StepFlag } from './switches.ts';
import type { Trailer } from './trailer.ts';

/** What has become of PHOTCORR so far; one imset that is not covered switches it off for the others. */
export interface Photometry {
  readonly flag: StepFlag;
}

const comments: Readonly<Record<PhotometryKeyword, string>> = {
  PHOTFLAM: 'inverse sensitivity',
  PHOTPLAM: 'pivot wavelength',
  PHOTBW: 'RMS bandwidth',
};

/** Writes PHOTMODE and, where PHOTCORR is on, the photometric keywords of one imset; and the trailer lines about them. */
export function recordPhotometry(
  trailer: Trailer,
  options: Report2dImset & { readonly before: Photometry },
): Photometry {
  const { work, imset, before } = options;
  const { sci } = imset.headers;
  trailer.gap();
  printSwitch(trailer, 'PHOTCORR', before.flag);
  const mode = photMode(work.exposure);
  setString(sci, 'PHOTMODE', mode, 'list of components');
  if (before.flag !== 'PERFORM') return before;
  const obsmode = obsmodeOf(mode);
  const table = readImphttab(work.references.IMPHTTAB.path, obsmode.key);
  const values = photometryKeywords.map((keyword) => {
    const { value, notes } = photometryValue(table.rows[keyword], { obsmode, table });
    for (const note of notes) trailer.note(note);
    trailer.note(`==> Value of ${keyword} = ${formatGeneral(value, 8)}`);
    return { keyword, value };
  });
  for (const { keyword, value } of values) {
    setFloat(sci, keyword, value, comments[keyword]);
    if (keyword === 'PHOTFLAM') setFloat(sci, 'PHOTZPT', table.zeroPoint, 'zero point');
  }
  if (values.some(({ keyword, value }) => keyword === 'PHOTFLAM' && value === notCovered)) {
    trailer.warning('IMPHTTAB extrapolation not supported, PHOTCORR skipped.');
    printSwitch(trailer, 'PHOTCORR', 'SKIPPED');
    return { flag: 'IGNORED' };
  }
  printReference(trailer, { file: work.references.IMPHTTAB });
  printSwitch(trailer, 'PHOTCORR', 'COMPLETE');
  return before;
}
