import type { AssignReferencesTools } from '../operators/assign-references.ts';
import type { CalibrateTools } from '../operators/calibrate.ts';
import type { ClaimTools } from '../operators/claim.ts';
import type { PreviewTools } from '../operators/preview.ts';
import type { PublishTools } from '../operators/publish.ts';
import type { SkipFinishedTools } from '../operators/skip-finished.ts';
import type { StageTools } from '../operators/stage.ts';
import type { AdmitTools } from './admit.ts';

/** Everything that the pipeline is given: the sum of what its operators ask for. */
export type Tools = AdmitTools &
  ClaimTools &
  SkipFinishedTools &
  StageTools &
  AssignReferencesTools &
  CalibrateTools &
  PreviewTools &
  PublishTools;
