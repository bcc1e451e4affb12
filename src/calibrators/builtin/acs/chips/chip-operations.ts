import { calibrate2d } from './calibrate-2d.ts';
import { finishCcd } from './finish-ccd.ts';
import { FrameStore } from './frame-store.ts';
import { loadFrame } from './load-frame.ts';
import { rejectCosmicRays } from './reject-cosmic-rays.ts';
import { startCcd } from './start-ccd.ts';
import { sumExposures } from './sum-exposures.ts';
import { writeFrame } from './write-frame.ts';

const operations = {
  startCcd,
  finishCcd,
  calibrate2d,
  loadFrame,
  rejectCosmicRays,
  sumExposures,
  writeFrame,
} as const;

type Operations = typeof operations;

/** What a worker can do with the pixels of a chip. */
export type OperationName = keyof Operations;
export type OperationOptions<Name extends OperationName> = Parameters<Operations[Name]>[1];
export type OperationResult<Name extends OperationName> = ReturnType<Operations[Name]>;

/** Something that works on the pixels of one or more chips and keeps their frames between operations. */
export interface ChipWorker {
  run<Name extends OperationName>(
    name: Name,
    options: OperationOptions<Name>,
  ): Promise<OperationResult<Name>>;
}

/** Works on chips in this thread. */
export function localChipWorker(): ChipWorker {
  const store = new FrameStore();
  return {
    // The operation starts after the caller has handed work to the other threads.
    run: async (name, options) => {
      await Promise.resolve();
      return operate(store, { name, options });
    },
  };
}

/** Runs an operation on the frames of a worker. */
export function operate<Name extends OperationName>(
  store: FrameStore,
  request: { readonly name: Name; readonly options: OperationOptions<Name> },
): OperationResult<Name> {
  const operation = operations[request.name] as (
    store: FrameStore,
    options: OperationOptions<Name>,
  ) => OperationResult<Name>;
  return operation(store, request.options);
}
