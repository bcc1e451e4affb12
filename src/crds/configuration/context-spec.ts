/** How a context may be named. */
export type ContextSpec =
  | { readonly kind: 'file'; readonly name: string }
  /** A name that the server's configuration explains. */
  | { readonly kind: 'tag'; readonly tag: 'operational' | 'edit' | 'versions' }
  /** The context that was in use at a time; only the server knows. */
  | { readonly kind: 'date'; readonly spec: string };

const date = String.raw`\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?)?`;
const byDate = new RegExp(`^(?:hst-)?${date}$`);
const tags: ReadonlyMap<string, 'operational' | 'edit' | 'versions'> = new Map([
  ['latest', 'operational'],
  ['hst-latest', 'operational'],
  ['hst-operational', 'operational'],
  ['hst-edit', 'edit'],
  ['hst-versions', 'versions'],
]);

/** Reads how a context is named; undefined when the text names none. `.imap` and `.rmap` are no contexts for a data set. */
export function parseContextSpec(text: string): ContextSpec | undefined {
  if (/^[A-Za-z0-9][\w.-]*\.pmap$/.test(text)) return { kind: 'file', name: text };
  const tag = tags.get(text);
  if (tag !== undefined) return { kind: 'tag', tag };
  if (!byDate.test(text)) return undefined;
  return { kind: 'date', spec: text.startsWith('hst-') ? text : `hst-${text}` };
}
