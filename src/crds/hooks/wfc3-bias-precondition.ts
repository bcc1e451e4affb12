import { hookValue, type HeaderHook } from './header-hook.ts';

/** Subarrays of WFC3 whose aperture does not say so count as any (`crds/hst/wfc3.py:precondition_header_wfc3_biasfile_v1`). */
export const wfc3BiasPrecondition: HeaderHook = (header) => {
  const isOther =
    hookValue(header, 'SUBARRAY') === 'T' && !hookValue(header, 'APERTURE').includes('SUB');
  return isOther ? new Map(header).set('APERTURE', 'N/A') : header;
};
