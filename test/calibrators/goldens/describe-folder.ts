import { createHash, type BinaryLike } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readHeaders } from '../../../src/fits/read-headers.ts';
import { isVolatileCard, maskedTrailer } from '../builtin/acs/compare-folders.ts';

/** An HDU by what must be equal. */
export interface DescribedHdu {
  readonly name: string;
  /** SHA-256 of the cards, less those that name the writing program or the day. */
  readonly cards: string;
  /** SHA-256 of the data without padding; null where there are none. */
  readonly data: string | null;
}

/** A file by what must be equal: the HDUs of a FITS file, or the SHA-256 of a trailer whose times are masked. */
export type DescribedFile = readonly DescribedHdu[] | string;

/** Describes the files in a folder that were not there before. */
export async function describeFolder(
  folder: string,
  { before }: { readonly before: readonly string[] },
): Promise<Readonly<Record<string, DescribedFile>>> {
  const names = (await readdir(folder)).filter(
    (name) => !before.includes(name) || name.endsWith('_asn.fits'),
  );
  const described = names.toSorted().map(async (name): Promise<[string, DescribedFile]> => {
    const path = join(folder, name);
    if (name.endsWith('.fits')) return [name, await describeFits(path)];
    return [name, sha256(maskedTrailer(await readFile(path, 'latin1')))];
  });
  return Object.fromEntries(await Promise.all(described));
}

/** One SHA-256 for all the files of some folders, names included. */
export async function digestFolders(folders: readonly string[]): Promise<string> {
  const digest = createHash('sha256');
  for (const folder of folders)
    for (const name of (await readdir(folder)).toSorted())
      digest.update(`${name} ${sha256(await readFile(join(folder, name)))}\n`);
  return digest.digest('hex');
}

async function describeFits(path: string): Promise<readonly DescribedHdu[]> {
  const [{ hdus }, bytes] = [await readHeaders(path), await readFile(path)];
  return hdus.map(({ name, header, dataOffset, shape }) => ({
    name,
    cards: sha256(header.cards.filter((card) => !isVolatileCard(card)).join('\n')),
    data: shape.bytes === 0 ? null : sha256(bytes.subarray(dataOffset, dataOffset + shape.bytes)),
  }));
}

function sha256(content: BinaryLike): string {
  return createHash('sha256').update(content).digest('hex');
}
