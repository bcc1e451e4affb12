import { basename } from 'node:path';
import { withFits, type FitsFile } from '../../fits/fits-file.ts';
import type { Header } from '../../fits/header.ts';
import { headerNumber } from '../image/header-number.ts';
import { headerText } from '../image/header-text.ts';
import { noImage } from '../image/no-image.ts';
import { sciencePlanes } from '../image/science-planes.ts';
import type { ColorSource } from './color-source.ts';
import { filterWavelength } from './filter-wavelength.ts';

/**
 * Reads what a product says about its colour: the pivot wavelength (PHOTPLAM), else the filters of its header, else that of its
 * name.
 *
 * @throws CaldpError `PREVIEW_NO_IMAGE`; FitsError.
 */
export function describeForColor(path: string): ColorSource {
  return withFits(path, (file) => {
    const [plane] = sciencePlanes(file).planes;
    if (plane === undefined) throw noImage(file);
    const { width, height } = plane.rows;
    const headers = [plane.hdu.header, file.primary.header];
    return {
      path,
      width,
      height,
      wavelength: wavelengthOf(file, headers),
      filters: filtersOf(headers),
      exposureTime: numberIn(headers, 'EXPTIME') ?? numberIn(headers, 'TEXPTIME') ?? 0,
    };
  });
}

function wavelengthOf(file: FitsFile, headers: readonly Header[]): number | undefined {
  const pivot = numberIn(headers, 'PHOTPLAM');
  if (pivot !== undefined && pivot > 0) return pivot;
  const infrared = headers.some((header) => headerText(header, 'DETECTOR') === 'IR');
  const name = basename(file.source.path);
  return (
    filterWavelength(filtersOf(headers), { infrared }) ??
    filterWavelength(name, { infrared: infrared || name.includes('_ir_') })
  );
}

function filtersOf(headers: readonly Header[]): string {
  return headers
    .flatMap((header) => ['FILTER', 'FILTER1', 'FILTER2'].map((name) => headerText(header, name)))
    .filter((filter) => filter !== undefined)
    .join(';');
}

function numberIn(headers: readonly Header[], keyword: string): number | undefined {
  return headers
    .map((header) => headerNumber(header, keyword))
    .find((value) => value !== undefined);
}
