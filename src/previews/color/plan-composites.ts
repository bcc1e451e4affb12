import type { Channels } from '../image/channels.ts';
import { compositeName, type ColorCandidate } from './color-candidates.ts';
import type { ColorSource } from './color-source.ts';

/** A candidate with what its headers say. */
export interface DescribedCandidate extends ColorCandidate {
  readonly source: ColorSource;
}

/** A composite to make. */
export interface Composite {
  /** Without ending. */
  readonly base: string;
  readonly paths: Channels<string>;
}

/** Wavelengths closer than this are the same colour. */
const sameColor = 0.02;

/**
 * Plans the composites of a mosaic: one for each group of products of the same size that has at least two colours. Red is the
 * longest wavelength, blue the shortest, green the middle one; of two products of nearly the same wavelength the longer exposure
 * counts.
 *
 * @returns the composites, and which products take no part and why.
 */
export function planComposites(candidates: readonly DescribedCandidate[]): {
  readonly composites: readonly Composite[];
  readonly notes: readonly string[];
} {
  const unknown = candidates.filter(({ source }) => source.wavelength === undefined);
  const notes = unknown.map(
    ({ name, source }) =>
      `\`${name}\` takes no part in the colour picture: no wavelength is known for ${source.filters || 'its filter'}.`,
  );
  const known = candidates.filter(({ source }) => source.wavelength !== undefined);
  const groups = sameSizeGroups(known)
    .map((group) => ({ group, colors: distinctColors(group) }))
    .sort((a, b) => b.colors.length - a.colors.length);
  const composites = new Map<string, Composite>();
  for (const { group, colors } of groups) {
    const composite = compositeOf(group, colors);
    // Groups of one detector with different grids would overwrite each other: the one with more colours stands.
    if (composite !== undefined && !composites.has(composite.base)) {
      composites.set(composite.base, composite);
    } else if (groups.length > 1) notes.push(...group.map(ofAnotherSize));
  }
  return { composites: [...composites.values()], notes };
}

function ofAnotherSize({ name, source }: DescribedCandidate): string {
  return `\`${name}\` takes no part in the colour picture: other filters have another size than its ${source.width} by ${source.height} pixels.`;
}

function sameSizeGroups(
  candidates: readonly DescribedCandidate[],
): readonly (readonly DescribedCandidate[])[] {
  const groups = new Map<string, DescribedCandidate[]>();
  for (const candidate of candidates) {
    const size = `${candidate.source.width} by ${candidate.source.height}`;
    const group = groups.get(size);
    if (group === undefined) groups.set(size, [candidate]);
    else group.push(candidate);
  }
  return [...groups.values()];
}

/** One candidate a colour, shortest wavelength first. */
function distinctColors(group: readonly DescribedCandidate[]): readonly DescribedCandidate[] {
  const byWavelength = [...group].sort((a, b) => wavelength(a) - wavelength(b));
  const colors: DescribedCandidate[] = [];
  for (const candidate of byWavelength) {
    const last = colors.at(-1);
    if (last === undefined || wavelength(candidate) > wavelength(last) * (1 + sameColor)) {
      colors.push(candidate);
    } else if (candidate.source.exposureTime > last.source.exposureTime) {
      colors.splice(-1, 1, candidate);
    }
  }
  return colors;
}

function compositeOf(
  group: readonly DescribedCandidate[],
  colors: readonly DescribedCandidate[],
): Composite | undefined {
  const [blue] = colors;
  const red = colors.at(-1);
  const last = group.at(-1);
  if (blue === undefined || red === undefined || last === undefined || blue === red)
    return undefined;
  const middle = colors[Math.floor((colors.length - 1) / 2)];
  const paths: Channels<string> =
    middle === undefined || colors.length === 2
      ? { kind: 'two-colors', red: red.source.path, blue: blue.source.path }
      : {
          kind: 'three-colors',
          red: red.source.path,
          green: middle.source.path,
          blue: blue.source.path,
        };
  return { base: compositeName({ ...last, prefix: red.prefix, label: red.label }), paths };
}

function wavelength({ source }: DescribedCandidate): number {
  return source.wavelength ?? NaN;
}
