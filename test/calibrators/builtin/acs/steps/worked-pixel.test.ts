import test from 'ava';
import type { Frame } from '../../../../../src/calibrators/builtin/acs/frames/frame.ts';
import { biascorr } from '../../../../../src/calibrators/builtin/acs/steps/biascorr.ts';
import { darkcorr } from '../../../../../src/calibrators/builtin/acs/steps/darkcorr.ts';
import { convertToElectrons } from '../../../../../src/calibrators/builtin/acs/steps/electrons.ts';
import { flatcorr } from '../../../../../src/calibrators/builtin/acs/steps/flatcorr.ts';
import { GoodMean } from '../../../../../src/calibrators/builtin/acs/steps/good-mean.ts';
import { initializeError } from '../../../../../src/calibrators/builtin/acs/steps/noise.ts';
import type { Quadrants } from '../../../../../src/calibrators/builtin/acs/steps/quadrants.ts';

const pixel = (sci: number, err = 0, dq = 0): Frame => ({
  nx: 1,
  ny: 1,
  sci: Float32Array.of(sci),
  err: Float32Array.of(err),
  dq: Int16Array.of(dq),
});

const bits = (array: Float32Array): string => new Uint32Array(array.buffer)[0]?.toString(16) ?? '';

const everywhere = (value: number): Quadrants => ({
  splitX: 0,
  splitY: 0,
  topLeft: 0,
  topRight: Math.fround(value),
  bottomLeft: 0,
  bottomRight: 0,
});

test('a pixel has the bits of calacs after every step', (t) => {
  const frame = pixel(2600);
  biascorr(frame, pixel(0.37, 0.15));
  t.is(bits(frame.sci), '45227a14');
  t.is(bits(frame.err), '3e19999a');
  convertToElectrons(frame, { gains: everywhere(2.216), line: 0 });
  t.is(bits(frame.sci), '45b4063d');
  t.is(bits(frame.err), '3eaa3056');
  frame.sci[0] = (frame.sci[0] ?? 0) - 5539.996 - 0.0123;
  t.is(bits(frame.sci), '435cc580');
  initializeError(frame, { readNoise: everywhere(4.74), isBias: false, line: 0 });
  t.is(bits(frame.err), '4179983b');
  darkcorr(frame, { dark: pixel(0.0036, 0.000236), darkTime: 500, mean: new GoodMean(65535) });
  t.is(bits(frame.sci), '435af8b3');
  t.is(bits(frame.err), '41799a0f');
  flatcorr(frame, pixel(0.987, 0.002));
  t.is(bits(frame.sci), '435ddb09');
  t.is(bits(frame.err), '417cfddc');
});

test('a pixel that cannot be flattened keeps its value and is flagged', (t) => {
  const frame = pixel(100, 10, 16);
  flatcorr(frame, pixel(0, 1, 4));
  t.deepEqual([frame.sci[0], frame.err[0], frame.dq[0]], [100, 10, 16 | 4 | 512]);
});
