/**
 * What the bits of a data-quality array mean for a picture; ACS, WFC3 and STIS agree on these.
 */
export const qualityFlags = {
  /** 1 Reed-Solomon decoding error, 2 data replaced by fill value: there was no measurement. */
  lost: 1 | 2,
  /**
   * 4 bad detector pixel, 8 masked or unstable, 16 hot, 256 saturated, 512 bad in a reference file, 2048 saturated converter,
   * 4096 and 8192 cosmic ray: drawn, but without a say in the range.
   */
  untrusted: 4 | 8 | 16 | 256 | 512 | 2048 | 4096 | 8192,
} as const;
