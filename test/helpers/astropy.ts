import { createHash } from 'node:crypto';
import { delimiter, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { bytesOf } from '../../src/fits/byte-order.ts';
import type { Card } from '../../src/fits/card.ts';
import { closeFits, openFits, type FitsFile } from '../../src/fits/fits-file.ts';
import type { Hdu } from '../../src/fits/hdu.ts';
import { openImage } from '../../src/fits/image-reader.ts';
import { openTable, type ColumnValues } from '../../src/fits/table-reader.ts';
import { skip } from './needs.ts';

type AstropyCard = readonly [keyword: string, kind: string, text: string, comment: string];
type AstropyData = readonly [type: string, digest: string | readonly string[]];

/** What `test/fixtures/fits/describe.py` prints of a file. */
export interface AstropyFile {
  readonly path: string;
  readonly hdus: readonly {
    readonly name: string;
    readonly cards: readonly AstropyCard[];
    readonly data: AstropyData | Readonly<Record<string, AstropyData>> | null;
  }[];
}

const folder = new URL('../fixtures/fits/', import.meta.url).pathname;

/** Runs a script of `test/fixtures/fits` with the first Python on PATH that has astropy; says so where there is none. */
export async function runAstropy(
  t: ExecutionContext,
  script: string,
  { args }: { readonly args: readonly string[] },
): Promise<string | undefined> {
  for (const place of (process.env['PATH'] ?? '').split(delimiter)) {
    const python = join(place, 'python3');
    const { failed } = await execa(python, ['-c', 'import astropy'], { reject: false });
    if (failed) continue;
    const { stdout } = await execa(python, [join(folder, script), ...args], { maxBuffer: 1 << 28 });
    return stdout;
  }
  skip(t, 'no python3 on PATH has astropy');
  return undefined;
}

/** Asserts that our reader finds in a file what astropy found; returns how many images and columns that were. */
export function assertSameFile(t: ExecutionContext, theirs: AstropyFile): number {
  const file = openFits(theirs.path);
  t.is(file.hdus.length, theirs.hdus.length, theirs.path);
  let compared = 0;
  for (const [index, hdu] of file.hdus.entries()) {
    const other = theirs.hdus[index];
    if (other === undefined) continue;
    assertSameHeader(t, hdu, other.cards);
    compared += assertSameData(t, file, { hdu, data: other.data });
  }
  closeFits(file);
  return compared;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function digestOf(values: ColumnValues): string {
  if (ArrayBuffer.isView(values)) return sha256(bytesOf(values));
  const plain: readonly unknown[] = values;
  if (plain.length > 0 && plain.every((value) => typeof value === 'string')) {
    return sha256(Buffer.from(plain.join('\0'), 'latin1'));
  }
  return sha256(Uint8Array.from(plain, (value) => Number(value)));
}

/** A card as astropy tells it. */
function describe({ keyword, value, comment }: Card): AstropyCard {
  switch (value.kind) {
    case 'logical':
      return [keyword, 'logical', value.value ? 'True' : 'False', comment];
    case 'complex':
      return [keyword, 'complex', complexText(value.value), comment];
    case 'integer':
    case 'real':
    case 'string':
      return [keyword, value.kind, String(value.value), comment];
    case 'undefined':
      return [keyword, 'undefined', '', comment];
    case 'unreadable':
      return [keyword, 'unreadable', value.text, comment];
    case 'none':
      return [keyword, 'string', value.text, ''];
  }
}

function complexText({
  real,
  imaginary,
}: {
  readonly real: number;
  readonly imaginary: number;
}): string {
  return `(${real}${imaginary < 0 ? '' : '+'}${imaginary}j)`;
}

/** Numbers are written differently; they are the same where they read back as the same. */
function comparable([keyword, kind, text, comment]: AstropyCard): readonly unknown[] {
  return [keyword, kind, kind === 'real' ? Number(text) : text.trim(), comment.trim()];
}

/** Cards without `= ` (`FILTER  ='F606W'`) have no value here; astropy takes what follows the keyword for one. */
function isWithoutIndicator(card: Card): boolean {
  return card.value.kind === 'none' && !['', 'COMMENT', 'HISTORY'].includes(card.keyword);
}

function assertSameHeader(t: ExecutionContext, hdu: Hdu, cards: readonly AstropyCard[]): void {
  const ours = [...hdu.header.parsedCards()];
  t.is(ours.length, cards.length);
  for (const [index, card] of ours.entries()) {
    const theirs = cards[index];
    if (theirs === undefined || isWithoutIndicator(card)) continue;
    t.deepEqual(comparable(describe(card)), comparable(theirs));
  }
}

function assertSameData(
  t: ExecutionContext,
  file: FitsFile,
  { hdu, data }: { readonly hdu: Hdu; readonly data: AstropyFile['hdus'][number]['data'] },
): number {
  if (data === null) return 0;
  if (Array.isArray(data)) {
    const image = openImage(file, hdu);
    const [type, digest] = data as AstropyData;
    const pixels = type === 'float32' ? new Float32Array(image.width * image.rows) : undefined;
    if (pixels !== undefined) image.readInto(pixels, { from: 0 });
    if (hdu.header.card('BLANK')?.value.text === '0') undoBlankZero(pixels);
    const place = `${file.source.path} ${hdu.name}`;
    t.is(sha256(bytesOf(pixels ?? image.read())), digest as string, place);
    return 1;
  }
  const table = openTable(file, hdu);
  t.deepEqual(
    table.columns.map(({ name }) => name),
    Object.keys(data),
  );
  for (const [name, [type, digest]] of Object.entries(data as Record<string, AstropyData>)) {
    const values = table.values(name);
    if (type !== 'variable') t.is(digestOf(values), digest as string, name);
    else t.deepEqual((values as readonly ColumnValues[]).map(digestOf), digest, name);
  }
  return table.columns.length;
}

/** A BLANK of 0 means none to the standard and to us; astropy takes it for no BLANK at all. */
function undoBlankZero(pixels: Float32Array | undefined): void {
  pixels?.forEach((value, index) => {
    if (Number.isNaN(value)) pixels[index] = 0;
  });
}
