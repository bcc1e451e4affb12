import { airglow } from './flux-range.ts';
import type { CosSegment } from './spectrum-product.ts';

/** Bytes of a row: wavelength, flux, error, weight, segment, mask. */
export const previewRowBytes = 28;

/** The rows of the preview table of COS as they stand in the file: one for each sample, the segments one after another. */
export function previewRows(segments: readonly CosSegment[]): Buffer {
  const count = segments.reduce((sum, { flux }) => sum + flux.length, 0);
  const rows = Buffer.alloc(count * previewRowBytes);
  let at = 0;
  for (const segment of segments) {
    fillRows(rows.subarray(at), segment);
    at += segment.flux.length * previewRowBytes;
  }
  return rows;
}

function fillRows(rows: Buffer, segment: CosSegment): void {
  const { wavelength, flux, error, weight } = segment;
  const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
  const name = Buffer.from(segment.name.padEnd(4, '\0').slice(0, 4), 'latin1').readUInt32BE(0);
  for (let index = 0, at = 0; index < flux.length; index++, at += previewRowBytes) {
    const place = Math.fround(wavelength[index] ?? NaN);
    const isMasked =
      (wavelength[index] ?? NaN) >= airglow.low && (wavelength[index] ?? NaN) <= airglow.high;
    view.setFloat32(at, place);
    view.setFloat64(at + 4, flux[index] ?? NaN);
    view.setFloat64(at + 12, error[index] ?? NaN);
    view.setInt16(at + 20, weight[index] ?? 0);
    view.setUint32(at + 22, name);
    view.setInt16(at + 26, isMasked ? 1 : 0);
  }
}
