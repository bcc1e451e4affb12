import type { Header } from '../../fits/header.ts';
import { formatG15 } from './format-g15.ts';
import { headerNumber } from './header-number.ts';

const signature = 'Created by caldp';

/**
 * The comment of a picture: the world coordinates of its pixels as cards, for viewers that read them there, and who made it.
 *
 * @param header - of the image.
 * @param options.zoom - pixels of the picture for one of the image.
 */
export function worldCoordinates(header: Header, options: { readonly zoom: number }): string {
  const { zoom } = options;
  const types = ['CTYPE1', 'CTYPE2'].map((name) => ({ name, text: header.card(name)?.value.text }));
  const center = (name: string): number | undefined => {
    const value = headerNumber(header, name);
    return value === undefined ? undefined : value * zoom - 0.5 * (zoom - 1);
  };
  const numbers = [
    { name: 'CRPIX1', value: center('CRPIX1') },
    { name: 'CRPIX2', value: center('CRPIX2') },
    { name: 'CRVAL1', value: headerNumber(header, 'CRVAL1') },
    { name: 'CRVAL2', value: headerNumber(header, 'CRVAL2') },
    ...scale(header, zoom),
  ];
  if (
    types.some(({ text }) => text === undefined) ||
    numbers.some(({ value }) => value === undefined)
  ) {
    return signature;
  }
  const lines = [
    ...types.map(({ name, text }) => `${name.padEnd(8)}= ${text ?? ''}`),
    ...numbers.map(({ name, value }) => `${name.padEnd(8)}= ${formatG15(value ?? NaN)}`),
    `COMMENT ${signature}`,
  ];
  return `${lines.join('\n')}\n`;
}

interface NamedNumber {
  readonly name: string;
  readonly value: number | undefined;
}

/** The matrix CDi_j where all of it is there, else CDELTi and CROTA2. */
function scale(header: Header, zoom: number): readonly NamedNumber[] {
  const zoomed = (name: string): NamedNumber => {
    const value = headerNumber(header, name);
    return { name, value: value === undefined ? undefined : value / zoom };
  };
  const matrix = ['CD1_1', 'CD1_2', 'CD2_1', 'CD2_2'].map(zoomed);
  if (matrix.every(({ value }) => value !== undefined)) return matrix;
  const rotation = { name: 'CROTA2', value: headerNumber(header, 'CROTA2') ?? 0 };
  return [zoomed('CDELT1'), zoomed('CDELT2'), rotation];
}
