import type { DatasetRecord, RunRecord } from '../run-record.ts';
import { markup, Html } from './markup.ts';
import { stateOf, type StateWords } from './state.ts';
import { style } from './style.ts';
import { momentInWords, timeInWords } from './words.ts';

const order: readonly StateWords['tone'][] = ['bad', 'odd', 'good', 'quiet'];

/** The datasets of a run in the order of the page: what needs attention first, otherwise as they were admitted. */
export function inOrderOfAttention({ datasets }: RunRecord): readonly DatasetRecord[] {
  const rank = ({ outcome }: DatasetRecord): number => order.indexOf(stateOf(outcome).tone);
  return datasets.toSorted((a, b) => rank(a) - rank(b));
}

/** Everything before the sections of datasets. The page loads nothing: the policy in its head forbids it. */
export function pageBeginning(record: RunRecord, { version }: { readonly version: string }): Html {
  const { from, to, datasets } = record;
  const counts = new Map<string, number>();
  for (const { outcome } of datasets) {
    const { word } = stateOf(outcome);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const when =
    from === 0 ? 'Nothing happened.' : `${momentInWords(from)}, ${timeInWords(to - from)}`;
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <title>caldp run of ${from === 0 ? 'no dataset' : momentInWords(from)}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>caldp run</h1>
          <p class="aside">${when}, caldp ${version}</p>
          <dl class="counts">
            <div>
              <dt>datasets</dt>
              <dd>${datasets.length}</dd>
            </div>
            ${[...counts].map(
              ([word, count]) =>
                markup`<div>
                  <dt>${word}</dt>
                  <dd>${count}</dd>
                </div>`,
            )}
          </dl>
          ${legend(datasets)}
        </header>
        <main>`;
}

/** Everything after them. */
export const pageEnd: Html = markup`</main>
</body>
</html>
`;

/** Which colour stands for which step. */
function legend(datasets: readonly DatasetRecord[]): Html | undefined {
  const stages = new Set(datasets.flatMap(({ steps }) => steps.map(({ stage }) => stage)));
  if (stages.size === 0) return undefined;
  const items = [...stages].map(
    (stage) => markup`<li><span class="swatch stage-${stage}"></span>${stage}</li>`,
  );
  return markup`<ul class="legend" aria-label="Colours of the steps in the time lines">
    ${items}
  </ul>`;
}
