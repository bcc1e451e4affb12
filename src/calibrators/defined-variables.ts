/** An environment without the variables that are undefined, as `process.env` types them. */
export function definedVariables(
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const defined = Object.entries(variables).flatMap(([key, value]): readonly [string, string][] =>
    value === undefined ? [] : [[key, value]],
  );
  return Object.fromEntries(defined);
}
