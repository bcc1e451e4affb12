import type { RawHeader } from './lookup-header.ts';
import { UnansweredError } from './unanswered-error.ts';

const keywords: readonly string[] = [
  'INSTRUME',
  'META.INSTRUMENT.NAME',
  'META_INSTRUMENT_NAME',
  'INSTRUMENT',
  'ROMAN.META.INSTRUMENT.NAME',
  'META.INSTRUMENT.TYPE',
  'META_INSTRUMENT_TYPE',
];
const synonyms: ReadonlyMap<string, string> = new Map([
  ['hst', 'SYNPHOT'],
  ['wfii', 'WFPC2'],
]);

/**
 * The instrument that a header names, in upper case.
 *
 * @throws CaldpError `CRDS_HEADER_INVALID` when it names none.
 */
export function headerInstrument(header: RawHeader): string {
  for (const keyword of keywords) {
    const value = header[keyword] ?? header[keyword.toLowerCase()] ?? 'UNDEFINED';
    if (value !== 'UNDEFINED' && value !== 'undefined') {
      return synonyms.get(String(value)) ?? String(value).toUpperCase();
    }
  }
  throw new UnansweredError('The header names no instrument.', {
    code: 'CRDS_HEADER_INVALID',
    advice: 'The file is no HST exposure, or its header is damaged: it needs the keyword INSTRUME.',
    answer: "'No instrument keyword defined in header.'",
  });
}
