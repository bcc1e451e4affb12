import { hookValue, type HeaderHook } from './header-hook.ts';

/** Two filters give the same flat in either order (`crds/hst/wfpc2.py:fallback_header_wfpc2_flatfile_v1`). */
export const wfpc2FlatFallback: HeaderHook = (header) => {
  const first = hookValue(header, 'FILTER1');
  return new Map(header).set('FILTER1', hookValue(header, 'FILTER2')).set('FILTER2', first);
};
