import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSimulatedAssociation } from '../simulated/simulated-association.ts';
import { tinyFits } from './tiny-fits.ts';

/** Writes the raw file of a single exposure; `seed` makes other bytes. */
export async function dropExposure(
  folder: string,
  { id, seed = 0 }: { readonly id: string; readonly seed?: number },
): Promise<string> {
  const name = `${id}_raw.fits`;
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, `.${name}.part`),
    tinyFits({ INSTRUME: "'ACS     '", SEED: String(seed) }),
  );
  await rename(join(folder, `.${name}.part`), join(folder, name));
  return name;
}

/** Writes the association table of some exposures. */
export function dropAssociation(
  folder: string,
  { id, members }: { readonly id: string; readonly members: readonly string[] },
): string {
  return writeSimulatedAssociation(folder, {
    id,
    instrument: 'ACS',
    members: [
      ...members.map((name) => ({ name, type: 'EXP-CRJ' })),
      { name: `${id.slice(0, 8)}1`, type: 'PROD-CRJ' },
    ],
  });
}

export async function removeExposure(
  folder: string,
  { id }: { readonly id: string },
): Promise<void> {
  await rm(join(folder, `${id}_raw.fits`), { force: true });
}
