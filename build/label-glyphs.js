/**
 * Takes the outlines of the characters that labels of spectra consist of from DejaVu Sans and writes them as JSON to a file:
 * `node build/label-glyphs.js src/previews/spectrum/label-glyphs.json`. The renderer would read the whole font for every picture.
 *
 * Outlines are relative paths of SVG in units of the font, y downwards, from the pen on the base line.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';
import { format } from 'prettier';

const [, , target] = process.argv;
const path = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const bytes = await readFile(path);
const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const kerning = font.position.getKerningTables('latn');

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index));
const ascii = range(0x20, 0x7e);
/** What ASCII and Latin-1 lack of units and powers; the last stands for every other character. */
const further = ['−', '⁰', ...range(0x2074, 0x2079), '⁻', '\ufffd'];

const step = (number) => (number < 0 ? `${number}` : ` ${number}`);

/** A path of relative steps, so that it can be put anywhere behind a move. */
function outlineOf({ path }) {
  let [at, start] = [
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ];
  return path.commands
    .map((command) => {
      if (command.type === 'Z') {
        at = start;
        return 'z';
      }
      // The font has points twice where an arc begins; a line between them draws nothing.
      if (command.type === 'L' && command.x === at.x && command.y === at.y) return '';
      const points = command.type === 'Q' ? [{ x: command.x1, y: command.y1 }, command] : [command];
      const text = points.map(({ x, y }) => step(x - at.x) + step(at.y - y)).join('');
      at = { x: command.x, y: command.y };
      if (command.type === 'M') start = at;
      return `${command.type.toLowerCase()}${text.trimStart()}`;
    })
    .join('');
}

function kerningOf(glyph) {
  const pairs = ascii.flatMap((next) => {
    const space = font.position.getKerningValue(kerning, glyph.index, font.charToGlyph(next).index);
    return space === 0 ? [] : [[next, space]];
  });
  return pairs.length === 0 ? {} : { kerning: Object.fromEntries(pairs) };
}

const glyphs = [...ascii, ...range(0xa0, 0xff), ...further].map((character) => {
  const glyph = font.charToGlyph(character);
  const near = ascii.includes(character) ? kerningOf(glyph) : {};
  return [character, { advance: glyph.advanceWidth, outline: outlineOf(glyph), ...near }];
});
const text = JSON.stringify({ unitsPerEm: font.unitsPerEm, glyphs: Object.fromEntries(glyphs) });
await writeFile(target, await format(text, { parser: 'json', printWidth: 100 }));
