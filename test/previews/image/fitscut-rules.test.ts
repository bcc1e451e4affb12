import test from 'ava';
import fc from 'fast-check';
import { drawColor } from '../../../src/previews/image/draw-color.ts';
import { drawGrey } from '../../../src/previews/image/draw-grey.ts';
import { goodValues } from '../../../src/previews/image/good-values.ts';
import { exactLevel } from '../../../src/previews/image/grey-levels.ts';
import { maskBadValues } from '../../../src/previews/image/mask-bad-values.ts';
import { shrinkToSize } from '../../../src/previews/image/shrink-to-size.ts';
import {
  byteOf,
  positionInRange,
  stretchFactor,
  whiteLevel,
} from '../../../src/previews/image/stretch.ts';
import { findValueRange } from '../../../src/previews/image/find-value-range.ts';
import type { ValueRange } from '../../../src/previews/image/value-range.ts';

const none = { BADPIX: undefined, GOODMIN: undefined, GOODMAX: undefined };

test('zero is missing where the header says nothing, and a GOODMIN that is not negative changes nothing', (t) => {
  const zeroOnly = { missing: 0, least: undefined, most: undefined };
  t.deepEqual(goodValues(none), zeroOnly);
  t.deepEqual(goodValues({ ...none, GOODMIN: 1.5, GOODMAX: 120 }), zeroOnly);
});

test('a negative GOODMIN limits the values together with GOODMAX', (t) => {
  t.deepEqual(goodValues({ ...none, GOODMIN: -60, GOODMAX: 120 }), {
    missing: 0,
    least: -60,
    most: 120,
  });
  t.deepEqual(goodValues({ ...none, GOODMIN: -60 }), { missing: 0, least: -60, most: undefined });
});

test('a fractional BADPIX gives way to a whole number below the limits', (t) => {
  t.deepEqual(goodValues({ BADPIX: -100.5, GOODMIN: -60, GOODMAX: 120 }), {
    missing: -121,
    least: -60,
    most: 120,
  });
  t.is(goodValues({ ...none, BADPIX: 1.5 }).missing, 0);
});

test('infinite, missing and out-of-limit pixels become NaN', (t) => {
  const pixels = Float32Array.of(0, 1, -1, Infinity, -Infinity, NaN, -61, 121);
  maskBadValues(pixels, { missing: 0, least: -60, most: 120 });
  t.deepEqual([...pixels], [NaN, 1, -1, NaN, NaN, NaN, NaN, NaN]);
});

test('the long side gets the size, shrinking and enlarging', (t) => {
  const size = (width: number, height: number): readonly number[] => {
    const image = { width, height, pixels: new Float32Array(width * height).fill(3) };
    const shrunk = shrinkToSize(image, { size: 128, missing: 0 }).image;
    return [shrunk.width, shrunk.height];
  };
  t.deepEqual(size(4096, 2048), [128, 64]);
  t.deepEqual(size(1062, 1044), [128, 126]);
  t.deepEqual(size(30, 50), [77, 128]);
  t.deepEqual(size(1000, 1), [128, 1]);
});

/** The range by a histogram, bin by bin, as the specification words it. */
function histogramRange(pixels: readonly number[]): ValueRange {
  let low = Math.min(...pixels);
  let high = Math.max(...pixels);
  for (;;) {
    const counts = new Array<number>(50_001).fill(0);
    const bin = (high - low) / 49_999;
    const inside = pixels.filter((value) => value >= low && value <= high);
    for (const value of pixels) {
      const place = value < low ? 0 : value > high ? 49_999 : Math.ceil((value - low) / bin) | 0;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    const middle = Math.fround((low + high) / 2);
    const [least, most] = inside.length
      ? [Math.min(...inside), Math.max(...inside)]
      : [middle, middle];
    const tail = Math.trunc((pixels.length * 0.5) / 100);
    let [hh, ll, sum] = [50_000, 0, counts[50_000] ?? 0];
    while (sum <= tail) sum += counts[--hh] ?? 0;
    sum = counts[0] ?? 0;
    while (sum <= tail) sum += counts[++ll] ?? 0;
    let mm = ll;
    if (ll !== hh) while (sum <= Math.trunc(pixels.length * 0.5)) sum += counts[++mm] ?? 0;
    const lo = ll === 50_000 ? high : bin * (ll - 1) + low;
    const hi = hh === 49_999 ? high : bin * hh + low;
    const narrowed = { low: Math.max(least, lo), high: Math.min(most, hi) };
    const isNarrower = narrowed.low !== low || narrowed.high !== high;
    if (ll + 10 >= hh && least !== most && isNarrower) ({ low, high } = narrowed);
    else {
      const median = bin * (mm - 0.5) + low;
      return { low: lo, high: Math.max(hi, median + 5 * (median - lo)) };
    }
  }
}

const single = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

test('order statistics give the range that a histogram gives, to the bit', (t) => {
  const pixels = fc.oneof(
    fc.array(single, { minLength: 1, maxLength: 600 }),
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 600 }),
    fc.array(fc.oneof({ weight: 300, arbitrary: fc.integer({ min: 40, max: 60 }) }, single), {
      minLength: 200,
      maxLength: 900,
    }),
  );
  fc.assert(
    fc.property(pixels, (values) => {
      const floats = Float32Array.from(values);
      t.deepEqual(findValueRange(floats), histogramRange([...floats]));
    }),
    { interruptAfterTimeLimit: 8_000 },
  );
});

test('flagged pixels have no say in the range', (t) => {
  const pixels = Float32Array.from({ length: 400 }, (_, index) => (index < 8 ? 1e6 : index));
  const flagged = new Uint8Array(50);
  flagged[0] = 0xff;
  t.deepEqual(findValueRange(pixels, { flagged }), findValueRange(pixels.subarray(8)));
  t.notDeepEqual(findValueRange(pixels), findValueRange(pixels.subarray(8)));
  t.is(findValueRange(pixels, { flagged: flagged.fill(0xff) }), undefined);
});

const ranges = fc
  .tuple(single, fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
  .map(([low, width]): ValueRange => ({ low, high: low + width }));

test('grey by thresholds is grey by the formula, also where pixels lie far out', (t) => {
  const values = fc.array(fc.float({ noDefaultInfinity: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(
      values,
      ranges,
      fc.array(fc.double({ min: -0.2, max: 2, noNaN: true })),
      (far, range, near) => {
        const inside = near.map((part) => range.low + part * (range.high - range.low));
        const pixels = Float32Array.from([...far, ...inside]);
        const expected = Uint8Array.from(pixels, (value) => exactLevel(value, range));
        const image = { width: pixels.length, height: 1, pixels };
        t.deepEqual(drawGrey(image, { range }).bytes, expected);
      },
    ),
    { interruptAfterTimeLimit: 8_000 },
  );
});

test('colour by tables is colour by the formula', (t) => {
  const scale = Math.fround(255 / whiteLevel[3]);
  const position = fc.oneof(
    fc.double({ min: -0.5, max: 2.5, noNaN: true }),
    fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    fc.constant(NaN),
  );
  const triples = fc.array(fc.tuple(position, position, position), {
    minLength: 1,
    maxLength: 100,
  });
  fc.assert(
    fc.property(triples, ranges, (pixels, range) => {
      const channel = (index: 0 | 1 | 2) => {
        const at = pixels.map((triple) => range.low + triple[index] * (range.high - range.low));
        return { image: { width: pixels.length, height: 1, pixels: Float32Array.from(at) }, range };
      };
      const [red, green, blue] = [channel(0), channel(1), channel(2)];
      const { bytes } = drawColor({ red, green, blue });
      pixels.forEach((_, index) => {
        const values = [red, green, blue].map(({ image }) => image.pixels[index] ?? NaN);
        const at = values.map((value) => (value === value ? positionInRange(value, range) : 0));
        const [r = 0, g = 0, b = 0] = at;
        const factor = stretchFactor(r + g + b, Math.max(0, r, g, b));
        const exact = values.every((value) => value !== value)
          ? [255, 255, 255]
          : at.map((one) => byteOf(one * factor, scale));
        t.deepEqual([...bytes.subarray(3 * index, 3 * index + 3)], exact);
      });
    }),
    { interruptAfterTimeLimit: 8_000 },
  );
});

test('a FITS image begins at the bottom, its picture at the top', (t) => {
  const image = { width: 1, height: 2, pixels: Float32Array.of(0, 10) };
  t.deepEqual([...drawGrey(image, { range: { low: 0, high: 1 } }).bytes], [255, 0]);
});
