import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { bytesOf } from '../../src/fits/byte-order.ts';
import type { Card } from '../../src/fits/card.ts';
import { closeFits, openFits, type FitsFile } from '../../src/fits/fits-file.ts';
import type { Hdu } from '../../src/fits/hdu.ts';
import { openImage } from '../../src/fits/image-reader.ts';
import { openTable, type ColumnValues } from '../../src/fits/table-reader.ts';
import { skip, testData } from '../helpers/needs.ts';

type AstropyCard = readonly [keyword: string, kind: string, text: string, comment: string];
type AstropyData = readonly [type: string, digest: string | readonly string[]];
interface AstropyFile {
  readonly path: string;
  readonly hdus: readonly {
    readonly name: string;
    readonly cards: readonly AstropyCard[];
    readonly data: AstropyData | Readonly<Record<string, AstropyData>> | null;
  }[];
}

const script = new URL('../fixtures/fits/describe.py', import.meta.url).pathname;

/** The first Python on PATH that has astropy. */
async function findPython(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const python = join(folder, 'python3');
    const { failed } = await execa(python, ['-c', 'import astropy'], { reject: false });
    if (!failed) return python;
  }
  return undefined;
}

const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

function digestOf(values: ColumnValues): string {
  if (ArrayBuffer.isView(values)) return sha256(bytesOf(values));
  const plain: readonly unknown[] = values;
  if (plain.every((value) => typeof value === 'string')) {
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
      return [keyword, 'complex', `(${value.value.real}+${value.value.imaginary}j)`, comment];
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

/** Numbers are written differently; they are the same where they read back as the same. */
function comparable([keyword, kind, text, comment]: AstropyCard): readonly unknown[] {
  return [keyword, kind, kind === 'real' ? Number(text) : text.trim(), comment.trim()];
}

/** Cards without `= ` (`FILTER  ='F606W'`) have no value here; astropy takes what follows the keyword for one. */
function isWithoutIndicator(card: Card): boolean {
  return card.value.kind === 'none' && !['', 'COMMENT', 'HISTORY'].includes(card.keyword);
}

function compareHeader(t: ExecutionContext, hdu: Hdu, cards: readonly AstropyCard[]): void {
  const ours = [...hdu.header.parsedCards()];
  t.is(ours.length, cards.length);
  for (const [index, card] of ours.entries()) {
    const theirs = cards[index];
    if (theirs === undefined || isWithoutIndicator(card)) continue;
    t.deepEqual(comparable(describe(card)), comparable(theirs));
  }
}

function compareData(
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

async function filesUnder(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.fits(\.gz)?$/.test(name)).map((name) => join(folder, name));
}

test('every real file reads as astropy reads it: cards, pixels, columns', async (t) => {
  t.timeout(300_000);
  if (testData === undefined) {
    skip(t, 'CALDP_TEST_DATA is not set');
    return;
  }
  const python = await findPython();
  if (python === undefined) {
    skip(t, 'no python3 on PATH has astropy');
    return;
  }
  const paths = await filesUnder(testData);
  const readable = paths.filter((path) => !path.includes('n4wl01xdq'));
  const { stdout } = await execa(python, [script, ...readable], { maxBuffer: 1 << 28 });
  let compared = 0;
  for (const line of stdout.split('\n')) {
    const theirs = JSON.parse(line) as AstropyFile;
    const file = openFits(theirs.path);
    t.is(file.hdus.length, theirs.hdus.length);
    for (const [index, hdu] of file.hdus.entries()) {
      const other = theirs.hdus[index];
      if (other === undefined) continue;
      compareHeader(t, hdu, other.cards);
      compared += compareData(t, file, { hdu, data: other.data });
    }
    closeFits(file);
  }
  t.log(`${readable.length} files, ${compared} images and columns`);
  t.true(compared > 100);
});
