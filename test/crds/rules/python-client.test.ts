import test from 'ava';
import { answerText, type Answer } from '../../../src/crds/rules/answer.ts';
import { headerInstrument } from '../../../src/crds/rules/header-instrument.ts';
import { instrumentAnswers } from '../../../src/crds/rules/instrument-answers.ts';
import { keywordUpdates } from '../../../src/crds/rules/keyword-updates.ts';
import type { RawHeader } from '../../../src/crds/rules/lookup-header.ts';
import type { RulesLibrary } from '../../../src/crds/rules/rules-library.ts';
import { UnansweredError } from '../../../src/crds/rules/unanswered-error.ts';
import { crdsMappings } from '../../helpers/crds-mappings.ts';
import { folderRules, never } from '../../helpers/folder-rules.ts';
import { gzippedJson } from '../../helpers/gzipped-json.ts';
import { needsData } from '../../helpers/needs.ts';

type Texts = Readonly<Record<string, string | readonly string[]>>;

interface Case {
  readonly id: number;
  readonly context: string;
  readonly header: RawHeader;
  readonly expected:
    | { readonly bestrefs: Texts; readonly updates: Texts; readonly kills: Texts }
    | { readonly exception: string; readonly message: string };
}

interface ArchiveHeader {
  readonly file: string;
  readonly context: string;
  readonly header: RawHeader;
  readonly archive: Readonly<Record<string, string>>;
  readonly client: Texts;
}

async function answersFor(
  rules: RulesLibrary,
  options: { readonly context: string; readonly header: RawHeader },
): Promise<{ readonly instrument: string; readonly answers: ReadonlyMap<string, Answer> }> {
  const instrument = headerInstrument(options.header);
  const found = await rules.instrument(instrument, { context: options.context, signal: never });
  const header = { ...options.header, INSTRUME: instrument };
  return { instrument, answers: instrumentAnswers(found, header, { warn: () => undefined }) };
}

function texts(answers: ReadonlyMap<string, Answer>): Texts {
  return Object.fromEntries(
    [...answers].flatMap(([type, answer]) => {
      const text = answerText(answer);
      return text === undefined ? [] : [[type, text] as const];
    }),
  );
}

/**
 * In the form of the oracle, which leaves out types with several files: 45 answers for the simulated type MATCHONLY of hst_9001, whose
 * `Match` names files without dates, so that equal rules give a list; the client has no keyword to write for one.
 */
function updateTexts(
  answers: ReadonlyMap<string, Answer>,
  instrument: string,
): { readonly updates: Texts; readonly kills: Texts } {
  const single = new Map([...answers].filter(([, { status }]) => status !== 'several'));
  const updates: Record<string, string> = {};
  const kills: Record<string, string> = {};
  for (const update of keywordUpdates(single, { instrument })) {
    if (update.status === 'update') updates[update.keyword] = update.value;
    else kills[update.keyword] = `NOT FOUND${update.reason}`.toUpperCase();
  }
  return { updates, kills };
}

async function answerOrMessage(
  rules: RulesLibrary,
  { context, header }: Case,
): Promise<Case['expected']> {
  try {
    const { instrument, answers } = await answersFor(rules, { context, header });
    return { bestrefs: texts(answers), ...updateTexts(answers, instrument) };
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error;
    return { exception: '', message: error.answer };
  }
}

test('every header of the oracle gets the answers, updates and errors of the Python client', async (t) => {
  const folder = await crdsMappings(t);
  const path = needsData(t, 'crds', 'cases-public.json.gz');
  if (folder === undefined || path === undefined) return;
  const rules = folderRules(folder);
  const cases = await gzippedJson<readonly Case[]>(path);
  t.true(cases.length > 3000);
  const different: unknown[] = [];
  for (const one of cases) {
    const answer = await answerOrMessage(rules, one);
    const expected =
      'exception' in one.expected ? { ...one.expected, exception: '' } : one.expected;
    if (!sameJson(answer, expected)) different.push({ id: one.id, answer, expected });
  }
  t.deepEqual(different.slice(0, 3), []);
});

test('real headers of the archive get what the archive had assigned, each under its own context', async (t) => {
  const folder = await crdsMappings(t);
  const path = needsData(t, 'crds', 'archive-headers.json.gz');
  if (folder === undefined || path === undefined) return;
  const rules = folderRules(folder);
  for (const one of await gzippedJson<readonly ArchiveHeader[]>(path)) {
    const { instrument, answers } = await answersFor(rules, one);
    t.deepEqual({ ...texts(answers), ...misrecorded(one) }, one.client, one.file);
    const { updates } = updateTexts(answers, instrument);
    const wrong = Object.entries(one.archive).filter(
      ([type, value]) => updates[type.toUpperCase()] !== value,
    );
    t.deepEqual(wrong, [], `${one.file}: archive and ${JSON.stringify(updates)}`);
  }
});

/**
 * Four records hold an answer for SNKCFILE that the Python client does not give under their context, hst_0651: asked again, 13.2.7
 * says `NOT FOUND n/a`, as we do, for hst_acs_snkcfile_0014.rmap counts only where `DETECTOR == "WFC"` and they are of SBC. What is
 * recorded is the answer of rules before hst_acs_snkcfile_0004.rmap, which looked at SINKCORR alone. It is left out of the comparison.
 */
function misrecorded({ file, client }: ArchiveHeader): Texts {
  const { snkcfile } = client;
  return snkcfile !== undefined && /^jbz504e[jkmn]q_raw/.test(file) ? { snkcfile } : {};
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
