import { formatCard, formatCommentary, type WritableValue } from '../../fits/format-card.ts';

/** A card as keyword, value and comment, or the title of a section of cards. */
export type CardRow = readonly [string, WritableValue, string?] | readonly [title: string];

/** Writes rows as cards of 80 characters; a title gets blank cards about it, as the archive writes them. */
export function formatRows(rows: readonly CardRow[]): readonly string[] {
  return rows.flatMap((row) => {
    if (row.length === 1) {
      return [
        ...formatCommentary('', { text: '' }),
        `              / ${row[0]}`.padEnd(80),
        ...formatCommentary('', { text: '' }),
      ];
    }
    const [keyword, value, comment] = row;
    return formatCard(keyword, { value, ...(comment === undefined ? {} : { comment }) });
  });
}
