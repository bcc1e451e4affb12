import { equivalentVersion } from './equivalent.ts';
import { messagePrefix, type Trailer } from './trailer.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Opens the messages of a module: `CALACS`, `ACSCCD`, ... */
export function beginModule(
  trailer: Trailer,
  options: { readonly name: string; readonly now: Date },
): void {
  trailer.message(
    `\n${messagePrefix}*** ${options.name} -- Version ${equivalentVersion} ***\nBegin    ${dateTime(options.now)}`,
  );
}

/** Closes the messages of a module. */
export function endModule(
  trailer: Trailer,
  options: { readonly name: string; readonly now: Date },
): void {
  trailer.message(`End      ${dateTime(options.now)}\n\n*** ${options.name} complete ***`);
}

/** `22-Nov-2026 05:39:09 UTC` */
export function dateTime(date: Date): string {
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${day}-${months[date.getUTCMonth()] ?? ''}-${date.getUTCFullYear()} ${timeOfDay(date)}`;
}

/** `05:39:09 UTC` */
export function timeOfDay(date: Date): string {
  return `${date.toISOString().slice(11, 19)} UTC`;
}
