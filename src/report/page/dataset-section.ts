import type { PublishedFiles } from '../files/published-files.ts';
import type { Thumbnail } from '../files/thumbnails.ts';
import type { DatasetRecord, RunRecord } from '../run-record.ts';
import { ending } from './ending.ts';
import { fileTables } from './file-tables.ts';
import { gallery } from './gallery.ts';
import { markup, type Html } from './markup.ts';
import { prose } from './prose.ts';
import { stateOf } from './state.ts';
import { stepTable, timeline } from './timeline.ts';
import { timeInWords } from './words.ts';

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
  const count = told.length === 1 ? '1 warning' : `${told.length} warnings`;
  const open = tone === 'bad' || tone === 'odd' || options.open ? markup` open` : undefined;
  return markup`<details class="dataset ${tone}" ${open}>
    <summary>
      <h2>${name}</h2>
      <span class="state ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span>
      <span class="time">${timeInWords(milliseconds)}</span>
      ${told.length === 0 ? undefined : markup`<span class="state odd">${count}</span>`}
      ${timeline(record, run)}
    </summary>
    ${outcome === undefined ? undefined : ending(outcome, { page })} ${gallery(thumbnails, { page })}
    ${warningList(told)}
    <div class="columns">
      ${stepTable(record)}${files === undefined ? undefined : fileTables(files, { page })}
    </div>
  </details>`;
}

function warningList(told: DatasetRecord['warnings']): Html | undefined {
  if (told.length === 0) return undefined;
  const items = told.map(
    ({ stage, warning }) =>
      markup`<li>
        ${prose(warning.message)} <span class="aside">in ${stage}, <code>${warning.code}</code></span>
      </li>`,
  );
  return markup`<section>
    <h3>Warnings</h3>
    <ul>
      ${items}
    </ul>
  </section>`;
}
