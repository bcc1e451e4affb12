import type { Warning } from '../../errors/warning.ts';
import type { InstrumentRules } from './rules-library.ts';

/**
 * The warning that the server calls some of the rules of an instrument bad, or undefined
 * (`crds/bestrefs/bestrefs.py:warn_bad_context`).
 */
export function badRules(
  rules: InstrumentRules,
  options: { readonly context: string; readonly badFiles: ReadonlySet<string> },
): Warning | undefined {
  const types = [...rules.types.values()].flatMap((type) =>
    typeof type === 'string' ? [] : [type.name],
  );
  const bad = [options.context, rules.name, ...types].filter((name) => options.badFiles.has(name));
  if (bad.length === 0) return undefined;
  return {
    code: 'CRDS_RULES_BAD',
    message: `The context \`${options.context}\` is bad or contains bad rules (${bad.join(', ')}). Use is not recommended, results may not be scientifically valid.`,
  };
}
