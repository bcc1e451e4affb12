import pino, { type Logger } from 'pino';

/** The levels of `--log-level`. */
export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** What never reaches a log: credentials and signed addresses. */
const secrets = ['accessKeyId', 'secretAccessKey', 'sessionToken', 'authorization', 'signedUrl'];

/**
 * The log of the process: JSON lines on standard error, written before the call returns, so that the last line of a process
 * that dies is there.
 */
export function openLog({ level }: { readonly level: string }): Logger {
  const redact = secrets.flatMap((name) => [name, `*.${name}`]);
  return pino({ level, redact, base: null }, pino.destination({ dest: 2, sync: true }));
}
