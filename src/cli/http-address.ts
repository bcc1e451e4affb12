import { InvalidArgumentError } from 'commander';
import type { HttpAddress } from '../daemon/http-server.ts';

/** Where the daemon serves its status page unless told otherwise. */
export const defaultHttpAddress = '127.0.0.1:8080';

/** Parses `<host>:<port>`; without a host it is the loopback address. */
export function httpAddress(text: string): HttpAddress {
  const [, bracketed, plain, digits] =
    /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (port >= 0 && port <= 65_535) {
    const host = bracketed ?? plain ?? '';
    return { host: host === '' ? '127.0.0.1' : host, port };
  }
  throw new InvalidArgumentError(
    'Expected `<host>:<port>`: `127.0.0.1:8080`, `0.0.0.0:8080`, `[::1]:8080`.',
  );
}
