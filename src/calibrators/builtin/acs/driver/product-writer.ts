import { closeSync, existsSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CaldpError } from '../../../../errors/caldp-error.ts';
import { wholeBlocks } from '../../../../fits/block.ts';
import { headerBytes } from '../../../../fits/header-bytes.ts';
import { type AcsRun, workerOf } from './context.ts';
import { arrayHeader, type ArrayOptions, primaryHeader } from './standard-cards.ts';
import { frameName, type WorkingExposure, type WorkingImset } from './working-exposure.ts';

/** @throws CaldpError `ACS_PRODUCT_EXISTS` where a product of an earlier run is there and must not be replaced. */
export function requireFree(run: AcsRun, name: string): void {
  if (run.overwrite || !existsSync(join(run.folder, name))) return;
  throw new CaldpError(`The product \`${name}\` is there already and was not replaced.`, {
    code: 'ACS_PRODUCT_EXISTS',
    advice: 'Move it away, or ask for it to be overwritten.',
    exit: 'STAGE1_ERROR',
  });
}

/**
 * Writes a product: all headers, then every worker the arrays that it keeps, which are spent by this. The file appears under its name
 * only when it is complete; it is not flushed to the disk, which is for whoever publishes it.
 */
export async function writeProduct(
  run: AcsRun,
  options: { readonly exposure: WorkingExposure; readonly output: string },
): Promise<void> {
  const { exposure, output } = options;
  const path = join(run.folder, output);
  const temporary = join(run.scratch, output);
  const parts = layOut(exposure, { date: run.clock.now(), program: run.program.name });
  const descriptor = openSync(temporary, 'wx');
  try {
    ftruncateSync(descriptor, parts.bytes);
    for (const { bytes, position } of parts.headers)
      writeSync(descriptor, bytes, 0, bytes.length, position);
    await Promise.all(
      parts.imsets.map((positions, index) =>
        workerOf(run, index).run('writeFrame', {
          name: frameName(exposure.frames, index),
          path: temporary,
          ...positions,
        }),
      ),
    );
  } finally {
    closeSync(descriptor);
  }
  requireFree(run, output);
  renameSync(temporary, path);
}

interface DataPositions {
  readonly sci: number;
  readonly err: number | undefined;
  readonly dq: number | undefined;
}

interface Layout {
  readonly headers: readonly { readonly bytes: Buffer; readonly position: number }[];
  readonly imsets: readonly DataPositions[];
  readonly bytes: number;
}

function layOut(
  exposure: WorkingExposure,
  options: { readonly date: Date; readonly program: string },
): Layout {
  const headers: { readonly bytes: Buffer; readonly position: number }[] = [];
  let position = 0;
  const addHeader = (cards: readonly string[]): void => {
    const bytes = headerBytes(cards);
    headers.push({ bytes, position });
    position += bytes.length;
  };
  const addData = (imset: WorkingImset, pixelBytes: number): number => {
    const start = position;
    position += wholeBlocks(imset.nx * imset.ny * pixelBytes);
    return start;
  };
  addHeader(primaryHeader(exposure.primary, options));
  const imsets = exposure.imsets.map((imset, index): DataPositions => {
    const { headers: cards, constants, nx, ny } = imset;
    const array = (name: 'SCI' | 'ERR' | 'DQ', isStored: boolean): ArrayOptions => ({
      ...options,
      name,
      version: index + 1,
      bitpix: name === 'DQ' ? 16 : -32,
      axes: isStored ? [nx, ny] : [],
    });
    addHeader(arrayHeader(cards.sci, array('SCI', true)));
    const sci = addData(imset, 4);
    const isErr = constants.err === undefined;
    addHeader(arrayHeader(cards.err, array('ERR', isErr)));
    const err = isErr ? addData(imset, 4) : undefined;
    const isDq = constants.dq === undefined;
    addHeader(arrayHeader(cards.dq, array('DQ', isDq)));
    return { sci, err, dq: isDq ? addData(imset, 2) : undefined };
  });
  return { headers, imsets, bytes: position };
}
