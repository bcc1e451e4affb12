import type { Store, TransferOptions } from '../stores/store.ts';
import type { Home } from './layout.ts';

/** Clears what crashed processes left in some homes; what it costs does not grow with the number of datasets. */
export async function sweepHomes(
  homes: readonly Home[],
  { store, ...options }: TransferOptions & { readonly store: Store },
): Promise<readonly string[]> {
  const cleared: string[] = [];
  for (const { folder, depth } of homes) {
    cleared.push(...(await store.sweep(folder, { ...options, depth })));
  }
  return cleared;
}
