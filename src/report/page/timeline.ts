import type { DatasetRecord, RunRecord, StepRecord } from '../run-record.ts';
import { markup, type Html } from './markup.ts';
import { prose } from './prose.ts';
import { simpleTable } from './simple-table.ts';
import { timeInWords } from './words.ts';

/** Narrower steps would not be seen; in thousandths of the run. */
const narrowest = 1.5;

/** A bar for the run on which the steps of one dataset lie; the table of steps says the same in words. */
export function timeline(
  { steps, name }: DatasetRecord,
  { from, to }: Pick<RunRecord, 'from' | 'to'>,
): Html {
  const length = Math.max(to - from, 1);
  const bars = steps.map((step) => {
    const end = step.to ?? to;
    const x = (1000 * (step.from - from)) / length;
    const width = Math.max((1000 * (end - step.from)) / length, narrowest);
    return markup`<rect
      class="stage-${step.stage}"
      x="${x.toFixed(1)}"
      y="0"
      width="${width.toFixed(1)}"
      height="14"
      ><title>${step.stage}: ${timeInWords(end - step.from)}</title></rect
    >`;
  });
  return markup`<svg
    class="timeline"
    viewBox="0 0 1000 14"
    preserveAspectRatio="none"
    role="img"
    aria-label="When ${name} passed its steps"
  >
    <rect class="rail" x="0" y="6" width="1000" height="2" />
    ${bars}
  </svg>`;
}

/** The steps of a dataset in words. */
export function stepTable({ steps }: DatasetRecord): Html | undefined {
  return simpleTable('Steps', { head: ['step', 'time'], rows: steps.map(stepRow) });
}

function stepRow({ stage, from, to, retries }: StepRecord): Html {
  const time = to === undefined ? 'not ended' : timeInWords(to - from);
  const again = retries.map(
    ({ message, code }) =>
      markup`<p class="aside">Tried again after: ${prose(message)} <code>${code}</code></p>`,
  );
  return markup`<tr>
    <th scope="row"><span class="swatch stage-${stage}"></span>${stage}${again}</th>
    <td class="number">${time}</td>
  </tr>`;
}
