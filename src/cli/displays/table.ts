/**
 * Lays out rows in columns; the first row is the head. Columns that are empty are left out; the last one is folded at words
 * where the line would be longer than `width`.
 */
export function table(
  rows: readonly (readonly string[])[],
  { width }: { readonly width: number },
): string {
  const [head = [], ...body] = rows;
  const used = head.map((_, column) => body.some((row) => (row[column] ?? '') !== ''));
  const kept = rows.map((row) => row.filter((_, column) => used[column]));
  const widths = (kept[0] ?? []).map((_, column) =>
    Math.max(...kept.map((row) => (row[column] ?? '').length)),
  );
  return kept.map((row) => layRow(row, { widths, width })).join('\n');
}

function layRow(
  row: readonly string[],
  { widths, width }: { readonly widths: readonly number[]; readonly width: number },
): string {
  const last = row.length - 1;
  const left = row
    .slice(0, last)
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ');
  const indent = left.length + (last > 0 ? 2 : 0);
  const folded = fold(row[last] ?? '', Math.max(width - indent, 24));
  return folded
    .map((text, line) => (line === 0 && last > 0 ? `${left}  ${text}` : ' '.repeat(indent) + text))
    .map((line) => line.trimEnd())
    .join('\n');
}

function fold(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
