/** Whether a number of a row stands for any value or equals the wanted one. */
export function matchesNumber(rowValue: number, wanted: number): boolean {
  return rowValue === -1 || rowValue === -999 || rowValue === wanted;
}

/** Whether a text of a row is `ANY`, one of the other names for it, or equals the wanted one. */
export function matchesText(
  rowValue: string,
  options: { readonly wanted: string; readonly wildcards?: readonly string[] },
): boolean {
  return rowValue === options.wanted || (options.wildcards ?? ['ANY']).includes(rowValue);
}
