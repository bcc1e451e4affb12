import font from './label-glyphs.json' with { type: 'json' };

interface Glyph {
  /** Where the pen goes from here, to the right. */
  readonly advance: number;
  /** A relative path of SVG, y downwards, from the pen on the base line. */
  readonly outline: string;
  /** What the pen goes further before some of the next characters. */
  readonly kerning?: Readonly<Record<string, number>>;
}

/** A line of letters, in units of their size. */
export interface Letters {
  /** A path of SVG, y downwards, from 0, 0 on the base line; to be scaled by the size over `unitsPerEm`. */
  readonly path: string;
  readonly width: number;
  readonly unitsPerEm: number;
}

const glyphs: Readonly<Record<string, Glyph>> = font.glyphs;
/** Stands for characters that are not among the outlines. */
const unknown = '\ufffd';

/** Sets a text in DejaVu Sans, letter beside letter. Has the characters of ASCII and Latin-1 and those of units. */
export function setLetters(text: string): Letters {
  let path = '';
  let pen = 0;
  const characters = Array.from(text.normalize());
  characters.forEach((character, index) => {
    const glyph = glyphs[character] ?? glyphs[unknown];
    if (glyph === undefined) return;
    if (glyph.outline !== '') path += `M${pen} 0${glyph.outline}`;
    pen += glyph.advance + (glyph.kerning?.[characters[index + 1] ?? ''] ?? 0);
  });
  return { path, width: pen, unitsPerEm: font.unitsPerEm };
}
