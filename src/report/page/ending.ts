import type { Outcome } from '../../streams/events.ts';
import { markup, type Html } from './markup.ts';
import { place } from './place.ts';
import { prose } from './prose.ts';

/** How a dataset ended: where its products are, why nothing was done, or what went wrong and what to do. */
export function ending(outcome: Outcome, { page }: { readonly page: string }): Html | undefined {
  switch (outcome.status) {
    case 'published':
      return markup`<p>In ${place(outcome.location, { page })}</p>`;
    case 'skipped':
      return markup`<p>${prose(outcome.reason)}</p>`;
    case 'interrupted':
      return markup`<p>
        The run was told to stop while it was in <em>${outcome.stage}</em>; the next run takes it up
        again.
      </p>`;
    case 'failed':
    case 'rejected': {
      const { message, advice, code, exitCode } = outcome.error;
      const where = outcome.status === 'failed' ? markup` in <em>${outcome.stage}</em>` : undefined;
      const work = outcome.status === 'failed' ? outcome.work : undefined;
      return markup`<section class="error" role="note">
        <h3>What happened${where}</h3>
        <p>${prose(message)}</p>
        <h3>What to do</h3>
        <p>${prose(advice)}</p>
        <p class="aside">
          <code>${code}</code>, exit code ${exitCode}, asked for by
          ${outcome.origin}${work === undefined ? undefined : markup`; files and logs were kept in ${place(`file:${work.folder}`, { page })}`}
        </p>
      </section>`;
    }
  }
}
