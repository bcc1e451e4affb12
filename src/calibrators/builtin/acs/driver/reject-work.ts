import type { ReferenceFile } from '../references/reference-file.ts';
import type { CrRejection } from '../tables/crrejtab.ts';
import type { AssociationPlan } from './association.ts';
import type { AssociationRow } from './association-positions.ts';
import type { PositionReferences } from './position-references.ts';
import type { CombinedTimes } from './rejection-inputs.ts';
import type { WorkingExposure } from './working-exposure.ts';

export interface AcsrejOptions {
  /** In the order of the association; their frames are in scratch files. */
  readonly working: readonly WorkingExposure[];
  readonly association: AssociationPlan;
  readonly product: AssociationRow;
  /** Name of the temporary file that calacs would write. */
  readonly output: string;
  readonly references: PositionReferences;
}

/** What ACSREJ knows before it touches a pixel. */
export interface RejectWork extends AcsrejOptions {
  readonly first: WorkingExposure;
  readonly times: CombinedTimes;
  readonly rejection: CrRejection;
  /** Name of the table of `rejection`. */
  readonly crrejtab: string;
  /** Mean exposure time, seconds, single precision. */
  readonly meanExposure: number;
  /** Undefined where the shading is not corrected. */
  readonly shading: ReferenceFile | undefined;
}
