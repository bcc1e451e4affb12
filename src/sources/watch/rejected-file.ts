import { CaldpError } from '../../errors/caldp-error.ts';
import type { SourceItem } from '../dataset-source.ts';
import { pathOf, type SeenFile } from './seen-file.ts';

/** What to give out for a file that is named like one of a dataset that cannot be processed. */
export function rejectedFile(file: SeenFile): Extract<SourceItem, { readonly status: 'rejected' }> {
  const { role } = file;
  const origin = `file:${pathOf(file)}`;
  const why = role.kind === 'refused' ? role.error.message : `\`${file.name}\` names no dataset.`;
  const error = new CaldpError(why, {
    code: 'NAME_INVALID',
    advice: 'Correct the name of the file, or take it out of the drop folder.',
    exit: 'CMDLINE_ERROR',
  });
  return { status: 'rejected', text: file.name.slice(0, 80), origin, error };
}
