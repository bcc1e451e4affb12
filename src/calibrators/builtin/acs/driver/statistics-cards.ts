import { setFloat, setInteger } from '../header/set-card.ts';
import type { FrameStatistics } from '../steps/statistics.ts';
import type { ImsetHeaders } from './exposure-file.ts';
import type { Trailer } from './trailer.ts';

/** Writes the summary of the good pixels into the SCI and ERR headers. */
export function setStatistics(
  trailer: Trailer,
  options: {
    readonly headers: Pick<ImsetHeaders, 'sci' | 'err'>;
    readonly statistics: FrameStatistics;
  },
): void {
  const { sci, err } = options.headers;
  const { statistics } = options;
  if (statistics.goodPixels === 0) {
    trailer.warning(noGoodPixels(statistics));
    setInteger(sci, 'NGOODPIX', 0);
    setInteger(err, 'NGOODPIX', 0);
    return;
  }
  setInteger(sci, 'NGOODPIX', statistics.goodPixels, 'number of good pixels');
  setFloat(sci, 'GOODMIN', statistics.sci.minimum, 'minimum good data value');
  setFloat(sci, 'GOODMAX', statistics.sci.maximum, 'maximum good data value');
  setFloat(sci, 'GOODMEAN', statistics.sci.mean, 'average of good data values');
  setFloat(sci, 'SNRMIN', statistics.snr.minimum, 'minimum S/N of good data values');
  setFloat(sci, 'SNRMAX', statistics.snr.maximum, 'maximum S/N of good data values');
  setFloat(sci, 'SNRMEAN', statistics.snr.mean, 'mean S/N of good data values');
  setInteger(err, 'NGOODPIX', statistics.goodPixels, 'number of good pixels');
  setFloat(err, 'GOODMIN', statistics.err.minimum, 'minimum sigma for good data');
  setFloat(err, 'GOODMAX', statistics.err.maximum, 'maximum sigma for good data');
  setFloat(err, 'GOODMEAN', statistics.err.mean, 'average of sigma for good data');
}

function noGoodPixels({ badPixels, pixels }: FrameStatistics): string {
  if (badPixels === pixels) return 'All output pixels flagged as bad.';
  return badPixels === 0
    ? 'No ERR values > 0.'
    : 'All output pixels either flagged as bad or ERR <= 0.';
}
