import { crdsError } from '../crds-error.ts';
import type { MappingHeader } from '../mappings/mapping-header.ts';
import { dictFields } from '../python/literal-value.ts';
import { acsBiasFallback } from './acs-bias-fallback.ts';
import { acsBiasPrecondition, acsBiasPreconditionSince2022 } from './acs-bias-precondition.ts';
import type { HeaderHook } from './header-hook.ts';
import { wfc3BiasPrecondition } from './wfc3-bias-precondition.ts';
import { wfpc2FlatFallback } from './wfpc2-flat-fallback.ts';

const size = { columns: 'NAXIS1', rows: 'NAXIS2' };
const version2 = acsBiasPrecondition(size);
const version3 = acsBiasPreconditionSince2022(size);

/** Every hook that HST rules name, by the name they use. */
const hooks: ReadonlyMap<string, HeaderHook> = new Map([
  [
    'precondition_header_acs_biasfile_v1',
    acsBiasPrecondition({ columns: 'NUMCOLS', rows: 'NUMROWS' }),
  ],
  ['precondition_header_acs_biasfile_v2', version2],
  ['precondition_header_acs_biasfile_v3', version3],
  [
    'fallback_header_acs_biasfile_v2',
    acsBiasFallback({ precondition: version2, offsets: ['LTV1', 'LTV2'] }),
  ],
  [
    'fallback_header_acs_biasfile_v3',
    acsBiasFallback({ precondition: version3, offsets: ['RAW_LTV1', 'RAW_LTV2'] }),
  ],
  ['precondition_header_wfc3_biasfile_v1', wfc3BiasPrecondition],
  ['fallback_header_wfpc2_flatfile_v1', wfpc2FlatFallback],
]);

/**
 * The hook that rules use at one of two places, or undefined where they use none. Rules without a `hooks` dictionary use the
 * first version that is named after their instrument and type (`crds/core/rmap.py:get_hook`).
 *
 * @throws CaldpError `CRDS_RULES_UNKNOWN` when the rules name a hook that this version does not know: they are newer than it,
 *   and an answer without the hook could be wrong.
 */
export function findHook(
  header: MappingHeader,
  place: 'precondition_header' | 'fallback_header',
): HeaderHook | undefined {
  const named = header.dict('hooks');
  if (named === undefined || named.entries.length === 0) {
    return hooks.get(`${place}_${header.required('instrument')}_${header.required('filekind')}_v1`);
  }
  const name = dictFields(named).get(place);
  if (name === undefined || name === 'none') return undefined;
  const hook = typeof name === 'string' ? hooks.get(name) : undefined;
  if (hook !== undefined) return hook;
  throw crdsError('CRDS_RULES_UNKNOWN', {
    message: `The rules \`${header.source}\` name the hook \`${typeof name === 'string' ? name : typeof name}\`, which this version of caldp does not know.`,
    advice: 'Update caldp, or choose an older context (`CRDS_CONTEXT`).',
  });
}
