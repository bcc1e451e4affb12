import { crdsError } from '../crds-error.ts';

const most = 1_000_000;

/**
 * Reads a count, or a number of seconds, from a variable.
 *
 * @throws CaldpError `CRDS_CONFIG_INVALID` when it is no whole number from 0 to 1,000,000.
 */
export function wholeNumber(
  text: string | undefined,
  options: { readonly name: string; readonly otherwise: number },
): number {
  if (text === undefined) return options.otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw crdsError('CRDS_CONFIG_INVALID', {
    message: `The environment variable \`${options.name}\` is \`${text}\`; expected a whole number from 0 to ${most}.`,
    advice: `Set \`${options.name}\` to a whole number, or unset it.`,
  });
}
