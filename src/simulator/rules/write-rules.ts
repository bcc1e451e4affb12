import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Detector } from '../detectors/detector.ts';
import { useAfter } from '../references/reference-header.ts';
import {
  referenceKeywords,
  referenceName,
  type ReferenceKeyword,
} from '../references/reference-names.ts';
import { mappingText } from './mapping-text.ts';
import { pythonText } from './python-text.ts';
import { referenceRules } from './reference-rules.ts';

/** The serial number of the simulated rules, far from those of the operational ones. */
const serial = '8001';

/** The context of the simulated rules. */
export const simulatedContext = `hst_${serial}.pmap`;

/** Kinds of references that ACS has and the simulated rules answer with "not applicable". */
const notApplicable = [
  ...['atodtab', 'cfltfile', 'd2imfile', 'dgeofile', 'drkcfile', 'flshfile', 'idctab', 'mdriztab'],
  ...['npolfile', 'pctetab', 'shadfile', 'spottab'],
];

/**
 * Writes the rules by which the references of detectors are chosen: a context, its instrument file and one file a kind of reference.
 *
 * @returns the names of the files.
 */
export async function writeRules(
  folder: string,
  { detectors }: { readonly detectors: readonly Detector[] },
): Promise<readonly string[]> {
  const keywords = [...new Set(detectors.flatMap(referenceKeywords))].sort();
  const texts = new Map<string, string>();
  for (const keyword of keywords) texts.set(rulesName(keyword), rulesText(keyword, detectors));
  texts.set(instrumentName, instrumentText(keywords));
  texts.set(simulatedContext, contextText());
  for (const [name, text] of texts) await writeFile(join(folder, name), text);
  return [...texts.keys()];
}

const instrumentName = `hst_acs_${serial}.imap`;
const rulesName = (keyword: ReferenceKeyword): string =>
  `hst_acs_${keyword.toLowerCase()}_${serial}.rmap`;
const origin = { derived_from: 'SIMULATED by caldp', observatory: 'HST' };

function contextText(): string {
  const header = { ...origin, mapping: 'PIPELINE', name: simulatedContext, parkey: ['INSTRUME'] };
  return mappingText(header, { selector: pythonText({ ACS: instrumentName }) });
}

function instrumentText(keywords: readonly ReferenceKeyword[]): string {
  const header = {
    ...origin,
    instrument: 'ACS',
    mapping: 'INSTRUMENT',
    name: instrumentName,
    parkey: ['REFTYPE'],
  };
  const kinds = [
    ...keywords.map((keyword) => [keyword.toLowerCase(), rulesName(keyword)] as const),
    ...notApplicable.map((kind) => [kind, 'N/A'] as const),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  return mappingText(header, { selector: pythonText(Object.fromEntries(kinds)) });
}

function rulesText(keyword: ReferenceKeyword, detectors: readonly Detector[]): string {
  const rules = referenceRules[keyword];
  const header = {
    ...origin,
    filekind: keyword,
    instrument: 'ACS',
    mapping: 'REFERENCE',
    name: rulesName(keyword),
    parkey: [rules.keys, ['DATE-OBS', 'TIME-OBS']],
    reffile_required: 'YES',
    reffile_switch: rules.switch,
    rmap_relevance: rules.relevance,
    ...rules.more,
  };
  const entries = detectors
    .filter((detector) => referenceKeywords(detector).includes(keyword))
    .map((detector) => {
      const key = pythonText(rules.match(detector), { tuple: true });
      const file = referenceName(keyword, detector);
      return `    ${key} : UseAfter({\n        '${useAfter.rules}' : '${file}',\n    }),\n`;
    });
  return mappingText(header, { selector: `Match({\n${entries.join('')}})` });
}
