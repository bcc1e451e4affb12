import { formatExponential } from '../header/c-number.ts';
import { parseDecimal } from '../header/decimal.ts';
import type { Frame } from './frame.ts';

/** Value of an ERR or DQ array that has only one: HSTIO keeps it as a keyword and writes no data. */
export interface ConstantArrays {
  readonly err?: number;
  readonly dq?: number;
}

/** Pixel (0,0) of the whole frame in memory, overscan included: what HSTIO compares the written pixels with. */
export interface FirstPixel {
  readonly err: number;
  readonly dq: number;
}

/** Which of the two arrays would be written as a constant. */
export function constantArrays(frame: Frame, first: FirstPixel): ConstantArrays {
  const err = isConstant(frame.err, first.err) ? first.err : undefined;
  const dq = isConstant(frame.dq, first.dq) ? first.dq : undefined;
  return { ...(err !== undefined && { err }), ...(dq !== undefined && { dq }) };
}

/** Gives a constant error array the value that is left of it after it has been a keyword of eight digits. */
export function settleConstantError(frame: Frame, constants: ConstantArrays): void {
  if (constants.err === undefined) return;
  const text = formatExponential(Math.fround(constants.err), 7);
  frame.err.fill(parseDecimal(text) ?? constants.err);
}

function isConstant(array: Float32Array | Int16Array, value: number): boolean {
  for (let k = 0; k < array.length; k += 1) if (array[k] !== value) return false;
  return true;
}
