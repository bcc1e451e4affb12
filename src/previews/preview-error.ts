import { CaldpError } from '../errors/caldp-error.ts';

/** What can be wrong with a file that a preview is to be made of. */
export type PreviewErrorCode =
  | 'PREVIEW_NO_IMAGE'
  | 'PREVIEW_NOT_A_SPECTRUM'
  | 'PREVIEW_NO_SCIENCE_EXTENSION'
  | 'PREVIEW_TOO_LARGE'
  | 'PREVIEW_SIZES_DIFFER'
  | 'PREVIEW_FILE_UNREADABLE'
  | 'PREVIEW_NOT_WRITTEN';

/** Makes the error of a preview that cannot be made; it ends a command with `CREATE_PREVIEWS_ERROR`. */
export function previewError(
  message: string,
  options: { readonly code: PreviewErrorCode; readonly advice: string; readonly cause?: unknown },
): CaldpError {
  return new CaldpError(message, { ...options, exit: 'CREATE_PREVIEWS_ERROR' });
}
