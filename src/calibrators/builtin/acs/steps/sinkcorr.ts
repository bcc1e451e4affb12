import type { Frame } from '../frames/frame.ts';
import { dqFlags } from '../frames/dq-flags.ts';

/** What one column of the detector remembers from the line before. */
export interface SinkState {
  /** 1 while the current pixel may be affected by a sink pixel upstream. */
  readonly active: Uint8Array;
  /** Signal of that sink pixel, electrons. */
  readonly level: Float32Array;
}

/** The state before the first line. */
export function initialSinkState(nx: number): SinkState {
  return { active: new Uint8Array(nx), level: new Float32Array(nx) };
}

/**
 * SINKCORR: flags (1024) charge traps and the pixels that they spoil: one line of the frame.
 *
 * In: electrons. Reference: SNKCFILE, SCI of the chip, of raw size: below -1 a trap (its depth), -1 a pixel downstream that is always
 * spoilt, above 0 the signal of the trap below which the pixel is spoilt. Lines are visited away from the amplifier.
 * Source: ACS ISR 2017-01 (Ryon & Grogin).
 */
export function sinkcorr(
  frame: Frame,
  options: { readonly line: number; readonly map: Float32Array; readonly state: SinkState },
): void {
  const { map, state } = options;
  const { active } = state;
  const base = options.line * frame.nx;
  for (let i = 0; i < frame.nx; i += 1) {
    const code = map[i] ?? 0;
    if (code === 0) active[i] = 0;
    else applyCode(frame, { k: base + i, i, code, state });
  }
}

/** Few pixels have a code. */
function applyCode(
  frame: Frame,
  options: {
    readonly k: number;
    readonly i: number;
    readonly code: number;
    readonly state: SinkState;
  },
): void {
  const { k, i, code } = options;
  const { active, level } = options.state;
  if (code < 0) {
    active[i] = 1;
    if (code < -1) level[i] = frame.sci[k] ?? 0;
    flag(frame, k);
  } else if (active[i] === 1 && code > (level[i] ?? 0)) {
    flag(frame, k);
  } else {
    active[i] = 0;
  }
}

function flag(frame: Frame, k: number): void {
  frame.dq[k] = (frame.dq[k] ?? 0) | dqFlags.sink;
}
