import fc from 'fast-check';
import type { NewColumn } from '../../src/fits/new-column.ts';
import type { PixelArray } from '../../src/fits/pixel-type.ts';

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))),
    maxLength,
  });

/** Header text: printable ASCII with quotes, slashes and ampersands among it. */
export const headerText = text(300);

/** Arrays of a length, of any type. */
export function pixelsOf(length: number): fc.Arbitrary<PixelArray> {
  const size = { minLength: length, maxLength: length };
  return fc.oneof<fc.Arbitrary<PixelArray>[]>(
    fc.int8Array(size),
    fc.uint8Array(size),
    fc.int16Array(size),
    fc.uint16Array(size),
    fc.int32Array(size),
    fc.uint32Array(size),
    fc.bigInt64Array(size),
    fc.bigUint64Array(size),
    fc.float32Array(size),
    fc.float64Array(size),
  );
}

const formats: Readonly<Record<string, string>> = {
  Int8Array: 'B',
  Uint8Array: 'B',
  Int16Array: 'I',
  Uint16Array: 'I',
  Int32Array: 'J',
  Uint32Array: 'J',
  BigInt64Array: 'K',
  BigUint64Array: 'K',
  Float32Array: 'E',
  Float64Array: 'D',
};

/** Columns of a number of rows, of any kind. */
export function columnOf(rows: number): fc.Arbitrary<Omit<NewColumn, 'name'>> {
  const size = { minLength: rows, maxLength: rows };
  const numbers = fc.integer({ min: 0, max: 3 }).chain((repeat) =>
    pixelsOf(rows * repeat).map((values) => ({
      format: `${repeat}${formats[values.constructor.name] ?? ''}`,
      values,
    })),
  );
  const bits = fc.integer({ min: 1, max: 19 }).chain((repeat) =>
    fc.array(fc.boolean(), { minLength: rows * repeat, maxLength: rows * repeat }).map((flags) => ({
      format: `${repeat}X`,
      values: Uint8Array.from(flags, Number),
    })),
  );
  const flags = fc
    .array(fc.constantFrom(true, false, null), size)
    .map((values) => ({ format: '1L', values }));
  const texts = fc
    .array(text(12), size)
    .map((values) => ({ format: '12A', values: values.map((one) => one.trimEnd()) }));
  const variable = fc
    .tuple(fc.constantFrom('P', 'Q'), fc.array(fc.float64Array({ maxLength: 9 }), size))
    .map(([code, values]) => ({ format: `1${code}D(9)`, values }));
  return fc.oneof<fc.Arbitrary<Omit<NewColumn, 'name'>>[]>(numbers, bits, flags, texts, variable);
}
