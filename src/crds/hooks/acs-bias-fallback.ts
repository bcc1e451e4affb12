import { hookValue, type HeaderHook } from './header-hook.ts';

/**
 * Asks for the bias file of a full frame when none was found for the exposure itself
 * (`crds/hst/acs_v2.py`, `acs_v3.py:fallback_header_acs_biasfile`).
 *
 * @param options The hook that was applied before, and the names of the keywords of the overscan offsets.
 */
export function acsBiasFallback(options: {
  readonly precondition: HeaderHook;
  readonly offsets: readonly [string, string];
}): HeaderHook {
  const [offset1, offset2] = options.offsets;
  return (original) => {
    const header = new Map(options.precondition(original));
    for (const keyword of ['NAXIS1', 'NAXIS2', offset1, offset2]) hookValue(header, keyword);
    const [columns, rows, first, second] = fullFrame(header);
    return header
      .set('NAXIS1', columns)
      .set('NAXIS2', rows)
      .set(offset1, first)
      .set(offset2, second);
  };
}

function fullFrame(header: ReadonlyMap<string, string>): readonly [string, string, string, string] {
  if (hookValue(header, 'DETECTOR') === 'WFC') return ['4144.0', '2068.0', '24.0', '0.0'];
  const isUpper = ['C', 'D'].includes(hookValue(header, 'CCDAMP'));
  return ['1062.0', '1044.0', '19.0', isUpper ? '0.0' : '20.0'];
}
