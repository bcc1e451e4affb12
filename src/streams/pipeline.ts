import type { Observable } from 'rxjs';
import { acknowledge } from '../operators/acknowledge.ts';
import { assignReferences } from '../operators/assign-references.ts';
import { calibrate } from '../operators/calibrate.ts';
import { claim } from '../operators/claim.ts';
import { preview } from '../operators/preview.ts';
import { publish } from '../operators/publish.ts';
import { skipFinished } from '../operators/skip-finished.ts';
import { stage } from '../operators/stage.ts';
import type { DatasetSource } from '../sources/dataset-source.ts';
import { admit } from './admit.ts';
import type { Outcome } from './events.ts';
import type { Tools } from './tools.ts';

/**
 * The way of a dataset through caldp, from a name to published products. Cold: each subscription is a run.
 *
 * Emits one outcome for each dataset, in the order in which they end. Errs only when the source itself cannot be read, or
 * through a defect of caldp; one bad dataset never stops another.
 */
export const pipeline = (source: DatasetSource, tools: Tools): Observable<Outcome> =>
  admit(source, tools, (datasets) =>
    datasets.pipe(
      claim(tools),
      skipFinished(tools),
      stage(tools),
      assignReferences(tools),
      calibrate(tools),
      preview(tools),
      publish(tools),
      acknowledge(tools),
    ),
  );
