import { readFileSync } from 'node:fs';

/** The version of this package, from its own package.json. */
export function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const parsed: unknown = JSON.parse(text);
  const found = typeof parsed === 'object' && parsed !== null && 'version' in parsed;
  return found && typeof parsed.version === 'string' ? parsed.version : 'unknown';
}
