const digits = String.raw`\d(?:_?\d)*`;
const form = new RegExp(
  `^[+-]?(?:(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?|inf(?:inity)?|nan)$`,
  'i',
);

/** Reads a number as Python's `float` does, or undefined where that raises `ValueError`. */
export function parsePythonFloat(text: string): number | undefined {
  const trimmed = text.trim();
  if (!form.test(trimmed)) return undefined;
  if (/[in]/i.test(trimmed)) return nonFinite(trimmed.toLowerCase());
  return Number(trimmed.replaceAll('_', ''));
}

function nonFinite(text: string): number {
  if (text.endsWith('nan')) return NaN;
  return text.startsWith('-') ? -Infinity : Infinity;
}
