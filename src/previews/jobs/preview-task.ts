import type { ColorSource } from '../color/color-source.ts';
import type { PreviewJob, PreviewProblem, PreviewReport } from './preview-job.ts';

/** What a preview thread is asked for: to do a job, or to read what the headers of a product say about its colour. */
export type PreviewTask =
  | { readonly kind: 'job'; readonly job: PreviewJob }
  | { readonly kind: 'describe'; readonly path: string };

/** What it answers. */
export type PreviewAnswer =
  | { readonly kind: 'report'; readonly report: PreviewReport }
  | { readonly kind: 'described'; readonly source: ColorSource }
  | { readonly kind: 'problem'; readonly problem: PreviewProblem };
