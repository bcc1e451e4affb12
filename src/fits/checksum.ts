import type { FileHandle } from 'node:fs/promises';
import type { Hdu } from './hdu.ts';
import { setKeyword } from './header-edit.ts';
import type { Header } from './header.ts';
import { encodeSum, onesSum } from './ones-sum.ts';
import { openRegular } from './open-regular.ts';
import { scanHandle } from './scan-handle.ts';

/** Whether a sum that a header records is that of the file. */
export type ChecksumState = 'right' | 'wrong' | 'absent';

/** What the two sums of an HDU say: DATASUM of its data, CHECKSUM of header and data. */
export interface HduChecksums {
  readonly hdu: number;
  readonly datasum: ChecksumState;
  readonly checksum: ChecksumState;
}

const readBytes = 1 << 20;
const noSum = '0'.repeat(16);

/**
 * Verifies CHECKSUM and DATASUM of every HDU; reads the whole file, 1 MiB at a time, where there are any.
 * @throws FitsError as `readHeaders`; a wrong sum is a value, not an error.
 */
export async function verifyChecksums(
  path: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly HduChecksums[]> {
  const handle = await openRegular(path);
  try {
    const { hdus } = await scanHandle(handle, { path });
    const states: HduChecksums[] = [];
    for (const hdu of hdus) states.push(await verifyOne(handle, { hdu, signal }));
    return states;
  } finally {
    await handle.close();
  }
}

/**
 * Gives a changed header a CHECKSUM that is right again, where it has one. The sum of the data is taken from DATASUM; where that
 * is absent, it is read. So data that have been damaged before are still found by their DATASUM after.
 */
export async function renewChecksum(
  header: Header,
  options: {
    readonly handle: FileHandle;
    readonly hdu: Hdu;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  if (!header.has('CHECKSUM')) return;
  const data = recordedDatasum(header) ?? (await sumData(options.handle, options));
  setKeyword(header, 'CHECKSUM', { value: noSum });
  const sum = onesSum(header.toBytes(), data);
  setKeyword(header, 'CHECKSUM', { value: encodeSum(~sum >>> 0) });
}

async function verifyOne(
  handle: FileHandle,
  { hdu, signal }: { readonly hdu: Hdu; readonly signal: AbortSignal | undefined },
): Promise<HduChecksums> {
  const { header, index } = hdu;
  const recorded = recordedDatasum(header);
  const checksum = header.card('CHECKSUM')?.value;
  const hasChecksum = checksum?.kind === 'string' && checksum.value !== '';
  if (recorded === undefined && !hasChecksum) {
    return { hdu: index, datasum: 'absent', checksum: 'absent' };
  }
  const data = await sumData(handle, { hdu, signal });
  const whole = onesSum(await readPart(handle, hdu.headerOffset, hdu.dataOffset), data);
  return {
    hdu: index,
    datasum: recorded === undefined ? 'absent' : stateOf(recorded === data),
    // Zero and "minus zero" are the same number in ones' complement.
    checksum: hasChecksum ? stateOf(whole === 0xffffffff || whole === 0) : 'absent',
  };
}

function stateOf(right: boolean): ChecksumState {
  return right ? 'right' : 'wrong';
}

function recordedDatasum(header: Header): number | undefined {
  const value = header.card('DATASUM')?.value;
  if (value?.kind !== 'string' && value?.kind !== 'integer') return undefined;
  const text = String(value.value).trim();
  return /^\d{1,10}$/.test(text) && Number(text) <= 0xffffffff ? Number(text) : undefined;
}

async function sumData(
  handle: FileHandle,
  { hdu, signal }: { readonly hdu: Hdu; readonly signal: AbortSignal | undefined },
): Promise<number> {
  let sum = 0;
  for (let from = hdu.dataOffset; from < hdu.end; from += readBytes) {
    signal?.throwIfAborted();
    sum = onesSum(await readPart(handle, from, Math.min(from + readBytes, hdu.end)), sum);
  }
  return sum;
}

/** What the file does not have counts as zero, like padding. */
async function readPart(handle: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, from + done);
    if (bytesRead === 0) return bytes;
    done += bytesRead;
  }
  return bytes;
}
