import type { FileHandle } from 'node:fs/promises';
import { FitsError } from './fits-error.ts';
import { scanHdus, type HduList } from './scan-hdus.ts';

/** Runs the scan of the HDUs on an open file. */
export async function scanHandle(
  handle: FileHandle,
  { path, signal }: { readonly path: string; readonly signal?: AbortSignal | undefined },
): Promise<HduList> {
  const { size } = await handle.stat();
  const scan = scanHdus({ path, size });
  let step = scan.next();
  while (step.done !== true) {
    signal?.throwIfAborted();
    const { position, length } = step.value;
    step = scan.next(await readExactly(handle, { position, length, path }));
  }
  return step.value;
}

async function readExactly(
  handle: FileHandle,
  options: { readonly position: number; readonly length: number; readonly path: string },
): Promise<Uint8Array> {
  const { position, length, path } = options;
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) {
      throw new FitsError(`expected ${length} bytes, the file ends after ${done} of them.`, {
        file: path,
        offset: position,
        code: 'TRUNCATED',
      });
    }
    done += bytesRead;
  }
  return bytes;
}
