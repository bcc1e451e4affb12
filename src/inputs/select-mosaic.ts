import { CaldpError } from '../errors/caldp-error.ts';
import type { MvmName, SvmName } from '../hst/dataset-name.ts';
import type { FileSelection, Listing } from './file-selection.ts';

/**
 * The files of a mosaic: its poller file, the exposures that this names, and `<id>_cal_env.txt` where there is one.
 *
 * @throws CaldpError `MEMBER_MISSING`, one error that names every exposure that is not there.
 */
export function selectMosaic(
  dataset: SvmName | MvmName,
  options: { readonly exposures: readonly string[]; readonly listing: Listing },
): FileSelection {
  const { exposures, listing } = options;
  const missing = exposures.filter((name) => !listing.names.has(name));
  if (missing.length > 0) {
    throw new CaldpError(
      `${missing.length} of ${exposures.length} exposures of \`${dataset.id}\` are not in \`${listing.place}\`: \`${missing.join('`, `')}\`. \`${dataset.id}_input.out\` names them.`,
      {
        code: 'MEMBER_MISSING',
        advice: 'Put these files beside the poller file, or take their lines out of it.',
      },
    );
  }
  const own = [`${dataset.id}_input.out`, `${dataset.id}_cal_env.txt`];
  const names = [...own.filter((name) => listing.names.has(name)), ...exposures].sort();
  const taken = new Set(names);
  const ignored = [...listing.names]
    .filter((name) => belongs(name, dataset) && !taken.has(name))
    .sort();
  return { names, ignored };
}

function belongs(name: string, dataset: SvmName | MvmName): boolean {
  if (!/\.fits(\.gz)?$/.test(name)) return false;
  return dataset.kind === 'svm' ? name.startsWith(dataset.ipppss) : name.includes(dataset.id);
}
