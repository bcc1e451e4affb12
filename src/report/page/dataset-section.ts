import { join } from 'node:path';
import type { Manifest } from '../../sinks/manifest.ts';
import type { Outcome } from '../../streams/events.ts';
import type { PublishedFiles } from '../files/published-files.ts';
import type { Thumbnail } from '../files/thumbnails.ts';
import type { DatasetRecord, RunRecord } from '../run-record.ts';
import { html, type Html } from './html.ts';
import { linkTo } from './link.ts';
import { stateOf } from './state.ts';
import { stepTable, timeline } from './timeline.ts';
import { sizeInWords, timeInWords } from './words.ts';

/** What a section is about. */
export interface SectionOptions {
  readonly run: Pick<RunRecord, 'from' | 'to'>;
  readonly files: PublishedFiles | undefined;
  readonly thumbnails: readonly Thumbnail[];
  /** Path of the page. */
  readonly page: string;
  /** Whether the section is open from the start even where all went well. */
  readonly open: boolean;
}

/** The part of the page about one dataset. What needs attention is open from the start. */
export function datasetSection(record: DatasetRecord, options: SectionOptions): Html {
  const { name, outcome, milliseconds, warnings } = record;
  const { run, files, thumbnails, page } = options;
  const { word, sign, tone } = stateOf(outcome);
  const told = warnings.filter(({ warning }) => warning.severity !== 'note');
  const open = tone === 'bad' || tone === 'odd' || options.open ? html` open` : undefined;
  return html`<details class="dataset ${tone}" ${open}>
    <summary>
      <h2>${name}</h2>
      <span class="state ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span
      ><span class="time">${timeInWords(milliseconds)}</span
      >${told.length === 0 ? undefined : html`<span class="state odd">${told.length} ${told.length === 1 ? 'warning' : 'warnings'}</span>`}${timeline(record, run)}
    </summary>
    ${outcome === undefined ? undefined : ending(outcome, page)} ${gallery(thumbnails, page)}
    ${
      told.length === 0
        ? undefined
        : html`<section>
            <h3>Warnings</h3>
            <ul>
              ${told.map(
                ({ stage, warning }) =>
                  html`<li>
                    ${warning.message}
                    <span class="aside">in ${stage}, <code>${warning.code}</code></span>
                  </li>`,
              )}
            </ul>
          </section>`
    }
    <div class="columns">
      ${stepTable(record)}${files === undefined ? undefined : fileTables(files, page)}
    </div>
  </details>`;
}

function ending(outcome: Outcome, page: string): Html | undefined {
  switch (outcome.status) {
    case 'published':
      return html`<p>In ${place(outcome.location, page)}</p>`;
    case 'skipped':
      return html`<p>${outcome.reason}</p>`;
    case 'interrupted':
      return html`<p>
        The run was told to stop while it was in <em>${outcome.stage}</em>; the next run takes it up
        again.
      </p>`;
    case 'failed':
    case 'rejected': {
      const { message, advice, code, exitCode } = outcome.error;
      const where = outcome.status === 'failed' ? html` in <em>${outcome.stage}</em>` : undefined;
      const work = outcome.status === 'failed' ? outcome.work : undefined;
      return html`<section class="error" role="note">
        <h3>What happened${where}</h3>
        <p>${message}</p>
        <h3>What to do</h3>
        <p>${advice}</p>
        <p class="aside">
          <code>${code}</code>, exit code ${exitCode}, asked for by
          ${outcome.origin}${work === undefined ? undefined : html`; files and logs were kept in ${place(`file:${work.folder}`, page)}`}
        </p>
      </section>`;
    }
  }
}

/** A place as a link where it is a folder of this machine. */
function place(location: string, page: string): Html {
  if (!location.startsWith('file:')) return html`<code>${location}</code>`;
  const path = location.slice('file:'.length);
  return html`<a href="${linkTo(path, { page })}/"><code>${path}</code></a>`;
}

function gallery(thumbnails: readonly Thumbnail[], page: string): Html | undefined {
  if (thumbnails.length === 0) return undefined;
  const figures = thumbnails.map(
    ({ title, data, full }) =>
      html`<figure>
        <a href="${linkTo(full, { page })}"
          ><img src="${data}" alt="Preview of ${title}; opens in full size"
        /></a>
        <figcaption>${title}</figcaption>
      </figure>`,
  );
  return html`<section>
    <h3>Previews</h3>
    <div class="gallery">${figures}</div>
  </section>`;
}

function fileTables({ folder, manifest }: PublishedFiles, page: string): Html {
  const link = (name: string): Html =>
    html`<a href="${linkTo(join(folder, name), { page })}">${name}</a>`;
  const plain = (name: string): Html => html`${name}`;
  const { references, outputs, logs, context } = manifest;
  const title = context === null ? 'References' : `References by ${context}`;
  return html`${fileTable(title, { files: references, cell: plain })}
  ${fileTable('Products', { files: outputs, cell: link })}
  ${fileTable('Logs', { files: logs, cell: link })} ${programTable(manifest)}`;
}

function fileTable(
  title: string,
  options: { readonly files: Manifest['outputs']; readonly cell: (name: string) => Html },
): Html | undefined {
  const { files, cell } = options;
  if (files.length === 0) return undefined;
  const rows = files.map(
    ({ name, size }) =>
      html`<tr>
        <th scope="row">${cell(name)}</th>
        <td class="number">${sizeInWords(size)}</td>
      </tr>`,
  );
  return html`<table>
    <caption>
      ${title}
    </caption>
    <thead>
      <tr>
        <th scope="col">file</th>
        <th scope="col">size</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function programTable({ programs }: Manifest): Html | undefined {
  const rows = Object.entries(programs).map(
    ([name, version]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${version}</td>
      </tr>`,
  );
  if (rows.length === 0) return undefined;
  return html`<table>
    <caption>
      Programs
    </caption>
    <thead>
      <tr>
        <th scope="col">program</th>
        <th scope="col">version</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
