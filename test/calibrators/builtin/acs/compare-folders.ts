import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Trailer text that differs from run to run. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/\d\d-[A-Z][a-z][a-z]-\d{4} \d\d:\d\d:\d\d [A-Z]{3,4}/g, '<DATE>'],
  [/\b\d\d:\d\d:\d\d [A-Z]{3,4}\b/g, '<TIME>'],
  [/^(git tag|git branch|HEAD @): .*$/gm, '$1'],
  [/^Setting max threads to \d+ out of \d+ available$/gm, '<THREADS>'],
];

/** Cards that name the writing program or the day. */
export function isVolatileCard(card: string): boolean {
  return /^(?:DATE {4}|ORIGIN {2}|CAL_VER )=/.test(card);
}

/**
 * Compares what two calibrators left in their folders, byte for byte but for the cards and lines that cannot be equal.
 *
 * @param options - `names`: files to compare. @returns One line for each difference.
 */
export function compareFolders(
  expected: string,
  options: { readonly got: string; readonly names: readonly string[] },
): readonly string[] {
  return options.names.flatMap((name) => {
    const [want, got] = [join(expected, name), join(options.got, name)];
    if (!existsSync(got)) return [`${name} is missing`];
    if (!existsSync(want)) return [`${name} is there without reason`];
    return name.endsWith('.fits')
      ? compareFits(want, { got, name })
      : compareText(want, { got, name });
  });
}

/** Products and trailers in a folder. */
export function outputNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /(?:_flt|_crj|_sfl|_asn|_spt)\.fits$|\.tra$/.test(name))
    .toSorted();
}

function compareText(
  want: string,
  { got, name }: { readonly got: string; readonly name: string },
): readonly string[] {
  const [expected, found] = [want, got].map((path) =>
    maskedTrailer(readFileSync(path, 'latin1')).split('\n'),
  );
  const index = (expected ?? []).findIndex((line, n) => line !== found?.[n]);
  if (index < 0 && expected?.length === found?.length) return [];
  return [
    `${name} line ${index + 1}: got ${found?.[index] ?? 'nothing'}, want ${expected?.[index] ?? 'nothing'}`,
  ];
}

/** The text of a trailer without what differs from run to run. */
export function maskedTrailer(text: string): string {
  return masks.reduce((masking, [from, to]) => masking.replace(from, to), text);
}

function compareFits(
  want: string,
  { got, name }: { readonly got: string; readonly name: string },
): readonly string[] {
  const [expected, found] = [readFileSync(want), readFileSync(got)];
  if (expected.length !== found.length)
    return [
      `${name} has ${found.length} bytes, want ${expected.length}${firstCard(expected, found)}`,
    ];
  for (let start = 0; start < expected.length; start += 80) {
    const [a, b] = [expected.subarray(start, start + 80), found.subarray(start, start + 80)];
    if (a.equals(b) || isVolatileCard(a.toString('latin1'))) continue;
    return [`${name} byte ${start}: got ${show(b)}, want ${show(a)}`];
  }
  return [];
}

function firstCard(expected: Buffer, found: Buffer): string {
  for (let start = 0; start < Math.min(expected.length, found.length); start += 80) {
    const [a, b] = [expected.subarray(start, start + 80), found.subarray(start, start + 80)];
    if (!a.equals(b) && !isVolatileCard(a.toString('latin1')))
      return `; first at byte ${start}: got ${show(b)}, want ${show(a)}`;
  }
  return '';
}

function show(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return /^[\x20-\x7e]*$/.test(text) ? text.trimEnd() : bytes.subarray(0, 24).toString('hex');
}
