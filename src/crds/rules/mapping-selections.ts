import type { Mapping } from '../mappings/parse-mapping.ts';
import { dictFields, isDict, type LiteralValue } from '../python/literal-value.ts';
import { choiceAnswer } from './answer.ts';

/**
 * What a `.pmap` or `.imap` selects: instrument or type in lower case, and a file of rules or a special value such as `N/A`.
 *
 * @throws CaldpError `CRDS_FILE_INVALID`.
 */
export function mappingSelections(mapping: Mapping): readonly (readonly [string, string])[] {
  const { header, selector } = mapping;
  if (!isDict(selector)) throw header.invalid('its selector is not a dictionary');
  return [...dictFields(selector)].map(([key, value]) => [key.toLowerCase(), fileName(value)]);

  function fileName(value: LiteralValue): string {
    if (typeof value === 'string' && isFileOrSpecial(value)) return value;
    throw header.invalid('its selector holds something that is not a file name');
  }
}

/** A name that leads out of the folder of rules is refused. */
function isFileOrSpecial(value: string): boolean {
  return choiceAnswer(value).status !== 'found' || /^[\w-][\w.-]*\.[ir]map$/.test(value);
}
