import { resolve } from 'node:path';

/** The folder below which work directories are made: `CALDP_HOME`, else (or when it is `none`) the current directory. */
export function homeFolder(options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly current: string;
}): string {
  const named = options.environment['CALDP_HOME'] ?? '';
  return named === '' || named === 'none' ? options.current : resolve(options.current, named);
}
