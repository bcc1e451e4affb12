import type { Cards } from '../header/cards.ts';
import { setString } from '../header/set-card.ts';
import { equivalentProgram, equivalentVersion } from './equivalent.ts';

/** Writes which program made a file, and its name. */
export function setProgram(
  cards: Cards,
  options: {
    readonly program: { readonly name: string; readonly version: string };
    readonly filename: string;
  },
): void {
  const { name, version } = options.program;
  const text = `${name} ${version} equal to ${equivalentProgram} ${equivalentVersion}`;
  setString(cards, 'CAL_VER', text, 'version number and date');
  setString(cards, 'FILENAME', options.filename, 'name of file');
}
