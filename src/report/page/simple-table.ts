import { markup, type Html } from './markup.ts';

/** A table with a caption and a head; undefined where there is no row. */
export function simpleTable(
  caption: string,
  { head, rows }: { readonly head: readonly string[]; readonly rows: readonly Html[] },
): Html | undefined {
  if (rows.length === 0) return undefined;
  return markup`<table>
    <caption>${caption}</caption>
    <thead>
      <tr>${head.map((title) => markup`<th scope="col">${title}</th>`)}</tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
