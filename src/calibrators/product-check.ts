import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CaldpError } from '../errors/caldp-error.ts';
import type { ExitCodeName } from '../errors/exit-codes.ts';
import { checkWholeFits } from '../fits/check-whole.ts';
import type { FitsError } from '../fits/fits-error.ts';
import type { ExpectedProduct } from './expected-products.ts';

/** How products are looked for. */
export interface ProductCheck {
  readonly folder: string;
  /** The program that should have made them, for messages. */
  readonly program: string;
  readonly failure: ExitCodeName;
  /** Milliseconds that a network file system has for showing what another machine wrote. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** The expected products that a folder lacks. Reads the folder itself: NFS answers that afresh. */
export async function missingProducts(
  expected: readonly ExpectedProduct[],
  options: { readonly folder: string },
): Promise<readonly ExpectedProduct[]> {
  if (expected.length === 0) return [];
  const names = await readdir(options.folder);
  return expected.filter(({ isThere }) => !isThere(names));
}

/**
 * Makes sure that products are there, looking again for a while.
 *
 * @throws CaldpError `PRODUCT_MISSING` that names them; the reason of the signal.
 */
export async function requireProducts(
  expected: readonly ExpectedProduct[],
  check: ProductCheck,
): Promise<void> {
  const missing = await lookAgain(() => missingProducts(expected, check), {
    ...check,
    isFine: ({ length }) => length === 0,
  });
  if (missing.length === 0) return;
  const names = missing.map(({ what }) => what).join(', ');
  throw new CaldpError(
    `\`${check.program}\` ended as if all were well but did not make ${names}.`,
    {
      code: 'PRODUCT_MISSING',
      advice: 'Read `process.txt` of the dataset for what the program said.',
      exit: check.failure,
    },
  );
}

/**
 * Makes sure that FITS files are whole, looking again for a while. Reads their headers.
 *
 * @throws CaldpError `PRODUCT_DAMAGED` that names the first that is not; the reason of the signal.
 */
export async function requireWholeFits(
  names: readonly string[],
  check: ProductCheck,
): Promise<void> {
  for (const name of names) {
    const path = join(check.folder, name);
    const damage = await lookAgain(() => damageOf(path, check.signal), {
      ...check,
      isFine: (found) => found === undefined,
    });
    if (damage === undefined) continue;
    throw new CaldpError(
      `\`${check.program}\` ended as if all were well but \`${name}\` is not a whole FITS file: ${damage.message}`,
      {
        code: 'PRODUCT_DAMAGED',
        advice: 'Check that the disk of the work directory is not full, then process again.',
        exit: check.failure,
        cause: damage,
      },
    );
  }
}

async function damageOf(path: string, signal: AbortSignal): Promise<FitsError | undefined> {
  const check = await checkWholeFits(path, { signal });
  return check.status === 'damaged' ? check.error : undefined;
}

async function lookAgain<T>(
  look: () => Promise<T>,
  options: {
    readonly patience: number;
    readonly signal: AbortSignal;
    readonly isFine: (found: T) => boolean;
  },
): Promise<T> {
  const { patience, signal, isFine } = options;
  const deadline = performance.now() + patience;
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    const found = await look();
    const left = deadline - performance.now();
    if (isFine(found) || left <= 0) return found;
    await delay(Math.min(pause, left), undefined, { signal });
  }
}
