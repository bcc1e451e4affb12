import { parseMapping, type Mapping } from '../mappings/parse-mapping.ts';
import { choiceAnswer } from './answer.ts';
import { mappingSelections } from './mapping-selections.ts';
import { referenceRules, type ReferenceRules } from './reference-rules.ts';

/** Everything that a context leads to. */
export interface ContextClosure {
  /** File names of rules, the context first. */
  readonly rules: readonly string[];
  /** File names of references, sorted. */
  readonly references: readonly string[];
}

/**
 * Follows a context to its last reference.
 *
 * @throws CaldpError when rules are missing or cannot be used; what `read` throws.
 */
export async function contextClosure(
  context: string,
  options: { readonly read: (name: string) => Promise<Uint8Array> },
): Promise<ContextClosure> {
  const rules = [context];
  const references = new Set<string>();
  // The list grows while it is walked: each file adds those that it selects.
  for (const name of rules) {
    const mapping = parseMapping(await options.read(name), { name });
    if (name.endsWith('.rmap')) {
      for (const file of namedFiles(referenceRules(mapping))) references.add(file);
    } else {
      rules.push(...selectedRules(mapping).filter((selected) => !rules.includes(selected)));
    }
  }
  return { rules, references: [...references].sort() };
}

function selectedRules(mapping: Mapping): readonly string[] {
  return mappingSelections(mapping)
    .map(([, file]) => file)
    .filter(isFile);
}

function namedFiles({ selector }: ReferenceRules): readonly string[] {
  return selector.rules
    .flatMap(({ choice }) =>
      typeof choice === 'string' ? [choice] : choice.entries.map(({ file }) => file),
    )
    .filter(isFile)
    .map((file) => file.toLowerCase());
}

function isFile(name: string): boolean {
  return choiceAnswer(name).status === 'found';
}
