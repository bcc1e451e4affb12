import { crdsError } from '../crds-error.ts';
import type { Expression } from '../expressions/expression.ts';
import { parseExpression } from '../expressions/parse-expression.ts';
import { findHook } from '../hooks/find-hook.ts';
import type { HeaderHook } from '../hooks/header-hook.ts';
import type { MappingHeader } from '../mappings/mapping-header.ts';
import type { Mapping } from '../mappings/parse-mapping.ts';
import { sequenceItems, type LiteralValue } from '../python/literal-value.ts';
import { buildMatch } from './build-match.ts';
import type { MatchSelector } from './match-selector.ts';
import { parkeyRelevance, type ParkeyRelevance } from './parkey-relevance.ts';
import { RuleError } from './rule-error.ts';
import { substitutions } from './substitutions.ts';

/** The rules of one type of reference of one instrument: a `.rmap`, ready for lookups. */
export interface ReferenceRules {
  readonly name: string;
  /** Lower case, for example `biasfile`. */
  readonly type: string;
  /** Lower case. */
  readonly instrument: string;
  /** Every keyword that these rules look at. */
  readonly keywords: readonly string[];
  /** The keyword in upper case that switches the calibration step, or `NONE`. */
  readonly switch: string;
  /** Whether no match is an error; else the type does not apply then. */
  readonly required: boolean;
  readonly omitted: Expression;
  readonly relevant: Expression;
  readonly parkeys: readonly ParkeyRelevance[];
  readonly precondition: HeaderHook | undefined;
  readonly fallback: HeaderHook | undefined;
  readonly selector: MatchSelector;
}

/**
 * Makes the rules of a `.rmap` ready for lookups.
 *
 * @throws CaldpError `CRDS_FILE_INVALID` when they cannot be used, `CRDS_RULES_UNKNOWN` when they are newer than this version.
 */
export function referenceRules(mapping: Mapping): ReferenceRules {
  const { header, name } = mapping;
  const parkey = parkeyParts(header);
  const switchKeyword = (header.text('reffile_switch') ?? 'NONE').toUpperCase();
  const keywords = requiredKeywords(header, parkey.flat(), switchKeyword);
  const relevance = (header.text('rmap_relevance') ?? 'always').replaceAll('always', 'True');
  return {
    name,
    type: header.required('filekind'),
    instrument: header.required('instrument'),
    keywords,
    switch: switchKeyword,
    required: ['yes', 'none'].includes(header.text('reffile_required') ?? 'none'),
    omitted: parseExpression(header.text('rmap_omit') ?? 'False', { source: name }),
    relevant: parseExpression(relevance, { source: name }),
    parkeys: parkeyRelevance(header, { keywords }),
    precondition: findHook(header, 'precondition_header'),
    fallback: findHook(header, 'fallback_header'),
    selector: referenceSelector(mapping, parkey),
  };
}

function parkeyParts(header: MappingHeader): readonly (readonly string[])[] {
  const parts = sequenceItems(header.value('parkey'));
  if (parts === undefined) throw header.invalid('`parkey` is not a tuple');
  return parts.map((part) =>
    typeof part === 'string' ? [part] : header.textItems(part, 'parkey'),
  );
}

function requiredKeywords(
  header: MappingHeader,
  parkeys: readonly string[],
  switchKeyword: string,
): readonly string[] {
  const switches = switchKeyword === 'NONE' ? [] : [switchKeyword];
  return [...new Set([...parkeys, ...switches, ...header.names('extra_keys')])];
}

function referenceSelector(
  mapping: Mapping,
  parkey: readonly (readonly string[])[],
): MatchSelector {
  const { header, selector } = mapping;
  const [keywords = [], dateKeywords = []] = parkey;
  if (!isMatch(selector)) throw unknownSelector(mapping);
  try {
    return buildMatch(selector, {
      keywords,
      dateKeywords,
      substitutions: substitutions(header.dict('substitutions')),
      mergesOverlaps: mergesOverlaps(header.value('merge_overlaps')),
    });
  } catch (error) {
    if (error instanceof RuleError) throw header.invalid(error.message);
    throw error;
  }
}

function isMatch(value: LiteralValue): value is Extract<LiteralValue, { kind: 'call' }> {
  return typeof value === 'object' && value?.kind === 'call' && value.name === 'Match';
}

function mergesOverlaps(value: LiteralValue | undefined): boolean {
  if (value === undefined) return true;
  return typeof value === 'object' ? false : ['TRUE', '1'].includes(String(value).toUpperCase());
}

function unknownSelector(mapping: Mapping): Error {
  return crdsError('CRDS_RULES_UNKNOWN', {
    message: `The rules \`${mapping.name}\` choose by something other than \`Match\`, which HST rules have never done and this version of caldp does not know.`,
    advice: 'Update caldp, or choose an older context (`CRDS_CONTEXT`).',
  });
}
