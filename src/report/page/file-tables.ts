import { join } from 'node:path';
import type { Manifest } from '../../sinks/manifest.ts';
import type { PublishedFiles } from '../files/published-files.ts';
import { linkTo } from './link.ts';
import { markup, type Html } from './markup.ts';
import { simpleTable } from './simple-table.ts';
import { sizeInWords } from './words.ts';

/** What a dataset was made with and what was made: references, products, logs, programs. */
export function fileTables(
  { folder, manifest }: PublishedFiles,
  { page }: { readonly page: string },
): readonly (Html | undefined)[] {
  const link = (name: string): Html =>
    markup`<a href="${linkTo(join(folder, name), { page })}">${name}</a>`;
  const plain = (name: string): Html => markup`${name}`;
  const { references, outputs, logs, context, programs } = manifest;
  const title = context === null ? 'References' : `References by ${context}`;
  const versions = Object.entries(programs).map(
    ([name, version]) => markup`<tr><th scope="row">${name}</th><td>${version}</td></tr>`,
  );
  return [
    fileTable(title, { files: references, cell: plain }),
    fileTable('Products', { files: outputs.filter(isNoThumbnail), cell: link }),
    fileTable('Logs', { files: logs, cell: link }),
    simpleTable('Programs', { head: ['program', 'version'], rows: versions }),
  ];
}

/** Thumbnails are seen; their names would only make the table longer. */
const isNoThumbnail = ({ name }: Manifest['outputs'][number]): boolean => !name.includes('_thumb.');

function fileTable(
  title: string,
  options: { readonly files: Manifest['outputs']; readonly cell: (name: string) => Html },
): Html | undefined {
  const { files, cell } = options;
  const rows = files.map(
    ({ name, size }) =>
      markup`<tr><th scope="row">${cell(name)}</th><td class="number">${sizeInWords(size)}</td></tr>`,
  );
  return simpleTable(title, { head: ['file', 'size'], rows });
}
