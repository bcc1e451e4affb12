import { isAbsolute, join } from 'node:path';
import { CaldpError } from '../../../../errors/caldp-error.ts';

/**
 * The path that a reference keyword stands for: `jref$x_drk.fits` is the value of `jref` followed by the name.
 *
 * @param options - `folder`: where a name without any folder is looked for.
 * @throws CaldpError `ACS_REFERENCE_FOLDER_UNKNOWN` where the variable is not set.
 */
export function resolveReferenceName(
  name: string,
  options: { readonly environment: Readonly<Record<string, string>>; readonly folder: string },
): string {
  const [, variable, rest] = /^([A-Za-z_]\w*)\$(.*)$/.exec(name) ?? [];
  if (variable !== undefined && rest !== undefined)
    return resolveReferenceName(`${valueOf(variable, { name, ...options })}${rest}`, options);
  const [, leading, path] = /^\$([A-Za-z_]\w*)\/(.*)$/.exec(name) ?? [];
  if (leading !== undefined && path !== undefined)
    return resolveReferenceName(`${valueOf(leading, { name, ...options })}/${path}`, options);
  return isAbsolute(name) ? name.replace(/\/{2,}/g, '/') : join(options.folder, name);
}

function valueOf(
  variable: string,
  options: { readonly name: string; readonly environment: Readonly<Record<string, string>> },
): string {
  const value = options.environment[variable];
  if (value !== undefined) return value;
  throw new CaldpError(
    `The reference \`${options.name}\` cannot be found: the variable \`${variable}\` is not set.`,
    {
      code: 'ACS_REFERENCE_FOLDER_UNKNOWN',
      advice: `Set \`${variable}\` to the folder of the reference files, with a slash at its end.`,
      exit: 'STAGE1_ERROR',
    },
  );
}
