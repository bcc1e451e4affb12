import { crdsError } from '../crds-error.ts';

/** The error of a sender that says nothing any more. */
export function stalled(options: { readonly uri: string; readonly limitMs: number }): Error {
  return crdsError('CRDS_DOWNLOAD_FAILED', {
    message: `\`${options.uri}\` sent nothing for ${options.limitMs / 1000} s.`,
    advice: 'Check the network and the server, then run again.',
    retry: 'backoff',
  });
}
