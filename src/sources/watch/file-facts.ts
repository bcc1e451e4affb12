import type { Association } from '../../hst/association.ts';

/** What one version of a file is. */
export type FileFacts =
  | {
      readonly status: 'whole';
      readonly association?: Association;
      /** File names that a poller file names. */
      readonly exposures?: readonly string[];
      /** Lower case name of the association that the file's header says it belongs to. */
      readonly memberOf?: string;
    }
  /** `lasting` is false where the file itself may be right and only could not be read. */
  | { readonly status: 'bad'; readonly reason: string; readonly lasting: boolean };
