import type { WriteStream } from 'node:tty';
import type { TransferProgress } from '../../crds/cache/transfer-progress.ts';

/** Where transfers are shown: the standard error of a terminal, or of a file. */
export type TransferOutput = Pick<WriteStream, 'write'> &
  Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** A display of downloads. */
export interface TransferDisplay {
  readonly show: (progress: TransferProgress) => void;
  /** Wipes the live line, so that what is said next stands alone. */
  readonly end: () => void;
}

/** Back to the start of the line, which is wiped. */
const lineStart = '\r\x1b[K';

/** Shows downloads: on a terminal one line that follows them, elsewhere a line for each file that has arrived. */
export function showTransfers(out: TransferOutput): TransferDisplay {
  if (out.isTTY !== true) {
    const show = (progress: TransferProgress): void => {
      if (progress.status === 'fetched') out.write(`${fetchedLine(progress)}\n`);
    };
    return { show, end: () => undefined };
  }
  let isLive = false;
  const end = (): void => {
    if (isLive) out.write(lineStart);
    isLive = false;
  };
  const show = (progress: TransferProgress): void => {
    isLive = true;
    out.write(`${lineStart}${liveLine(progress).slice(0, (out.columns ?? 80) - 1)}`);
  };
  return { show, end };
}

function fetchedLine({ name, bytes, all }: TransferProgress): string {
  return `Fetched ${name}, ${inMegabytes(bytes)} (${overall(all)})`;
}

function liveLine({ name, bytes, size, all }: TransferProgress): string {
  const whole = size === undefined ? '' : ` of ${inMegabytes(size)}`;
  return `Fetching ${name}, ${inMegabytes(bytes)}${whole} (${overall(all)})`;
}

function overall({ files, count, bytes, size }: TransferProgress['all']): string {
  return `${files} of ${count} files there, ${inMegabytes(bytes)} of ${inMegabytes(size)} fetched`;
}

/** A number of bytes for people; small files in kB. */
export function inMegabytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
