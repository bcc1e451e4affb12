/** A value of an attribute of an element. */
type Attribute = string | number | undefined;

/** Composes an SVG element. Nothing is escaped: attributes are names, numbers and paths, children are elements already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Attribute>>,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? decimals(value) : value}"`)
    .join('');
  return `<${name}${written}>${children.join('')}</${name}>`;
}

/** The path through some points, in tenths of a pixel (whole numbers are written and read faster): see `tenths`. */
export function pathThrough(points: readonly (readonly [x: number, y: number])[]): string {
  let path = 'M';
  for (const [x, y] of points) path += `${Math.round(x * 10)} ${Math.round(y * 10)} `;
  return path;
}

/** The attribute of an element that is drawn in tenths of a pixel. */
export const tenths = { transform: 'scale(0.1)' } as const;

function decimals(value: number): string {
  return String(Math.round(value * 100) / 100);
}
