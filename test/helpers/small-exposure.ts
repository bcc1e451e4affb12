import { writeFile } from 'node:fs/promises';

/** Writes a FITS file that is a primary header with these keywords and no data. */
export async function writeSmallExposure(
  path: string,
  keywords: Readonly<Record<string, string>>,
): Promise<void> {
  const cards = [
    'SIMPLE  =                    T',
    'BITPIX  =                    8',
    'NAXIS   =                    0',
    ...Object.entries(keywords).map(([key, value]) => `${key.padEnd(8)}= ${cardText(value)}`),
    'END',
  ];
  const text = cards.map((card) => card.padEnd(80)).join('');
  await writeFile(path, text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1');
}

/** A value that is no FITS value is written as it is. */
function cardText(value: string): string {
  return value.startsWith('!') ? value.slice(1) : `'${value.padEnd(8)}'`;
}
