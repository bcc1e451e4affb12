/** The keywords of an image header that say which values are no measurement; `undefined` where the header has none. */
export interface GoodValueKeywords {
  readonly BADPIX: number | undefined;
  readonly GOODMIN: number | undefined;
  readonly GOODMAX: number | undefined;
}

/** Which pixel values count: `missing` never does, and neither does what lies below `least` or above `most`. */
export interface GoodValues {
  readonly missing: number;
  /** Undefined where there is no lower limit; then there is no upper limit either. */
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** What is closer to zero than this is zero; default nothing is. */
  readonly tiny?: number;
}

/**
 * Decides which values count, by the rule of `fitscut --badpix`: limits in single precision, zero missing unless BADPIX
 * says otherwise, and a GOODMIN that is not negative distrusted together with GOODMAX.
 */
export function goodValues(keywords: GoodValueKeywords): GoodValues {
  const missing = Math.fround(keywords.BADPIX ?? 0);
  const low = Math.fround(keywords.GOODMIN ?? missing);
  const high = Math.fround(keywords.GOODMAX ?? missing);
  const distrusted = low >= 0 && low !== missing;
  const limits = distrusted ? { low: missing, high: missing } : { low, high };
  if (Number.isInteger(missing)) return limited(missing, limits);
  // A fractional missing value is replaced by one that whole numbers can hold, well outside the limits.
  if (limits.low === missing) return limited(0, { low: 0, high: 0 });
  const replaced = 2 * Math.trunc(limits.low) - 1;
  const most = limits.high === missing ? replaced : limits.high;
  return limited(Math.fround(replaced), { low: limits.low, high: Math.fround(most) });
}

function limited(missing: number, limits: { low: number; high: number }): GoodValues {
  const { low, high } = limits;
  if (low === missing) return { missing, least: undefined, most: undefined };
  return { missing, least: low, most: high === missing ? undefined : high };
}
