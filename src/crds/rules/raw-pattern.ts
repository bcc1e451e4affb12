/** What a regular expression of the rules may hold: what JavaScript reads as Python does and what cannot run away. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/\(\?/, 'a group with `(?`'],
  [/\\[^dDwWsSbB.\\^$*+?()[\]{}|/-]/, 'an escape that is not one of `\\d \\w \\s \\b` or a sign'],
  [/\)[*+{]/, 'a repeated group'],
  [/(?:[*+{][^*+{]*){5}/, 'more than four repetitions'],
  [/[*+?}][*+]/, 'a possessive quantifier'],
];

/**
 * Makes the test of a text against a raw regular expression of the rules, anchored at its start only, upper and lower case
 * distinct.
 *
 * @returns The test, or the reason in words why such a pattern is not taken.
 */
export function rawPattern(
  source: string,
): { readonly test: (text: string) => boolean } | { readonly reason: string } {
  const found = refused.find(([sign]) => sign.test(source));
  if (found !== undefined) return { reason: `it holds ${found[1]}` };
  try {
    const pattern = new RegExp(`^(?:${source})`);
    return { test: (text) => pattern.test(text) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
