import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf, hduBytes } from '../../../../helpers/fits-bytes.ts';
import { card, primaryHdu, type SimpleCard } from './fits-parts.ts';

/**
 * Writes support files of exposures; the seed decides whether there are any, and whether the last or the first one is missing.
 * Draws no random numbers, so that what else a seed gives stays as it was.
 */
export function writeSupportFiles(
  folder: string,
  { roots, seed }: { readonly roots: readonly string[]; readonly seed: number },
): void {
  if (seed % 3 !== 0) return;
  const [from, to] = [seed % 27 === 0 ? 1 : 0, seed % 6 === 0 ? -1 : roots.length];
  for (const root of roots.slice(from, to))
    writeFileSync(join(folder, `${root}_spt.fits`), supportFile(root));
}

function supportFile(root: string): Buffer {
  const primary = primaryHdu([
    ['NEXTEND', 1],
    ['FILENAME', `${root}_spt.fits`],
    ['ROOTNAME', root, 'rootname of the observation set'],
    ['OBSERVTN', root.slice(6, 8).toUpperCase(), 'observation number'],
    ['ASN_MTYP', 'EXP-CRJ', 'a comment that goes'],
  ]);
  const words = Int16Array.from(
    { length: 965 },
    (_, index) => (index * 37 + root.charCodeAt(7)) & 0x7fff,
  );
  const fixed: readonly SimpleCard[] = [
    ['XTENSION', 'IMAGE'],
    ['BITPIX', 16],
    ['NAXIS', 1],
    ['NAXIS1', words.length],
    ['PCOUNT', 0],
    ['GCOUNT', 1],
    ['EXTNAME', 'UDL'],
    ['EXTVER', 1],
    ['ROOTNAME', root],
    ['LQINSTR', 154, 'instrument identifier'],
  ];
  return fileOf(primary, hduBytes(fixed.map(card), Buffer.from(words.buffer).swap16()));
}
