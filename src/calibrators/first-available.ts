import { CaldpError } from '../errors/caldp-error.ts';
import type { Calibrator } from './calibrator.ts';

/** Codes by which a calibrator says that a dataset is not for it, before it has looked at its files. */
const refusals: readonly string[] = ['PROGRAM_MISSING', 'MODE_NOT_COVERED'];
/** Codes by which it says so once it has. Only another calibrator helps, or other headers. */
const lateRefusals: readonly string[] = ['ACS_MODE_REFUSED', 'CTE_NOT_CORRECTED'];

/**
 * The choice `auto`: each dataset goes to the first calibrator that does not refuse it. Where all refuse it, the error tells why the
 * last one that has its program does, and how to get the programs of the first.
 */
export function firstAvailable(calibrators: readonly [Calibrator, ...Calibrator[]]): Calibrator {
  return {
    name: 'auto',
    versions: (dataset, options) =>
      untilAccepted(calibrators, (calibrator) => calibrator.versions(dataset, options)),
    calibrate: (job, options) =>
      untilAccepted(calibrators, async (calibrator) => {
        await calibrator.versions(job.dataset, options);
        return calibrator.calibrate(job, options);
      }),
  };
}

async function untilAccepted<T>(
  calibrators: readonly [Calibrator, ...Calibrator[]],
  ask: (calibrator: Calibrator) => Promise<T>,
): Promise<T> {
  const refused: CaldpError[] = [];
  for (const calibrator of calibrators) {
    try {
      return await ask(calibrator);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.push(error);
    }
  }
  throw allRefused(refused);
}

function isRefusal(error: unknown): error is CaldpError {
  return error instanceof CaldpError && [...refusals, ...lateRefusals].includes(error.code);
}

function allRefused([first, ...others]: readonly CaldpError[]): CaldpError {
  if (first === undefined) throw new TypeError('Expected at least one calibrator, got none.');
  const late = others.findLast(({ code }) => lateRefusals.includes(code));
  if (late === undefined) return first;
  return new CaldpError(`${late.message} ${first.message}`, {
    code: late.code,
    advice: `${late.advice} ${first.advice}`,
    exit: 'STAGE1_ERROR',
    cause: late,
  });
}
