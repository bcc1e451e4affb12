import { type Cards } from '../header/cards.ts';
import { readReference, type ReferenceFile, referenceName } from '../references/reference-file.ts';
import type { AcsRun } from './context.ts';

/** The reference names of an association position: most come from its first exposure, whatever the others say. */
export interface PositionReferences {
  /** Keyword to name, for the kinds that the first exposure asks for. */
  readonly names: ReadonlyMap<string, string>;
}

/** Opens a reference of an exposure: the position's, or the one that the exposure's own header names. */
export function exposureReference(
  run: AcsRun,
  options: {
    readonly keyword: string;
    readonly cards: Cards;
    readonly position: PositionReferences;
  },
): ReferenceFile {
  const { keyword, cards, position } = options;
  const name = position.names.get(keyword) ?? referenceName(cards, keyword);
  return readReference(keyword, { name, environment: run.environment, folder: run.folder });
}
