import type { OperationName, OperationOptions } from '../chips/chip-operations.ts';
import type { AcsSettings } from '../driver/context.ts';
import type { AcsResult } from '../driver/run-acs.ts';
import type { PlainError } from './plain-error.ts';

/** One calibration, as it is handed to a thread. */
export interface AcsJob extends AcsSettings {
  /** `*_raw.fits` or `*_asn.fits`, without a folder. */
  readonly input: string;
  /** How many threads may work at a time, the one that gets the job included. */
  readonly threads: number;
}

/** What the thread of a calibration says. */
export type AcsReply =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'done'; readonly result: AcsResult }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** What a helping thread is asked to do. */
export interface ChipRequest {
  readonly id: number;
  readonly name: OperationName;
  readonly options: OperationOptions<OperationName>;
}

/** Its answer. */
export type ChipReply =
  | { readonly id: number; readonly kind: 'done'; readonly result: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly error: PlainError };
