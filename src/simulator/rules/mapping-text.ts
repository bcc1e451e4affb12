import { createHash } from 'node:crypto';
import { pythonText, type PythonValue } from './python-text.ts';

/**
 * Writes a CRDS rules file: the header, with the checksum that CRDS demands, and the selector. The checksum is the SHA-1 of all
 * lines but its own.
 */
export function mappingText(
  header: Readonly<Record<string, PythonValue>>,
  { selector }: { readonly selector: string },
): string {
  const before = Object.entries(header).map(
    ([key, value]) => `    '${key}' : ${pythonText(value, { tuple: true })},\n`,
  );
  const end = `}\n\nselector = ${selector}\n`;
  const digest = createHash('sha1')
    .update(`header = {\n${before.join('')}${end}`)
    .digest('hex');
  return `header = {\n${before.join('')}    'sha1sum' : '${digest}',\n${end}`;
}
