import test, { type ExecutionContext } from 'ava';
import { z } from 'zod';
import { parseContextSpec } from '../../../src/crds/configuration/context-spec.ts';
import { referenceInstrument } from '../../../src/crds/configuration/reference-instrument.ts';
import { reformatDate } from '../../../src/crds/dates/reformat-date.ts';
import { findHook } from '../../../src/crds/hooks/find-hook.ts';
import { MappingHeader } from '../../../src/crds/mappings/mapping-header.ts';
import type { LiteralValue } from '../../../src/crds/python/literal-value.ts';
import { parsePythonFloat } from '../../../src/crds/python/parse-python-float.ts';
import { pythonFloatText } from '../../../src/crds/python/python-float-text.ts';
import { conditionKey } from '../../../src/crds/rules/condition-key.ts';
import { conditionValue } from '../../../src/crds/rules/condition-value.ts';
import { isEsotericKey } from '../../../src/crds/rules/esoteric-key.ts';
import { globList } from '../../../src/crds/rules/glob-list.ts';
import { keyMatcher } from '../../../src/crds/rules/key-matcher.ts';
import { keywordUpdates } from '../../../src/crds/rules/keyword-updates.ts';
import { RuleError } from '../../../src/crds/rules/rule-error.ts';
import { gzippedJson } from '../../helpers/gzipped-json.ts';
import { needsData } from '../../helpers/needs.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const caseShape = z.object({
  in: z.tuple([z.unknown()]),
  out: z.unknown().optional(),
  error: z.string().optional(),
  message: z.string().optional(),
});
type Case = z.infer<typeof caseShape>;

async function cases(t: ExecutionContext, name: string): Promise<readonly Case[]> {
  const path = needsData(t, 'crds', 'unit-cases.json.gz');
  if (path === undefined) return [];
  const all = await gzippedJson<Readonly<Record<string, unknown>>>(path);
  return z.array(caseShape).min(1).parse(all[name]);
}

/** What a function answers, in the form of the oracle: a value, or the words of the error. */
function outcome(work: () => unknown): Pick<Case, 'out' | 'message'> {
  try {
    return { out: work() };
  } catch (error) {
    if (error instanceof RuleError) return { message: error.message };
    throw error;
  }
}

function compareAll(
  t: ExecutionContext,
  all: readonly Case[],
  work: (input: unknown) => unknown,
): void {
  for (const one of all) {
    const expected = one.error === undefined ? { out: one.out } : { message: one.message };
    t.deepEqual(
      outcome(() => work(one.in[0])),
      expected,
      JSON.stringify(one.in),
    );
  }
  t.log(`${all.length} cases`);
  t.pass();
}

test('values are conditioned as in Python', async (t) => {
  compareAll(t, await cases(t, 'condition_value'), (value) => conditionValue(scalar.parse(value)));
});

test('doubles are written as in Python', async (t) => {
  compareAll(t, await cases(t, 'float_repr'), (value) =>
    pythonFloatText(parsePythonFloat(z.string().parse(value)) ?? NaN),
  );
});

test('dates are reformatted as in Python, errors included', async (t) => {
  compareAll(t, await cases(t, 'reformat_date'), (value) => reformatDate(z.string().parse(value)));
});

test('keys are told to be esoteric as in Python', async (t) => {
  compareAll(t, await cases(t, 'esoteric_key'), (key) => isEsotericKey(z.string().parse(key)));
});

test('alternatives of keys are listed as in Python', async (t) => {
  compareAll(t, await cases(t, 'glob_list'), (key) => globList(z.string().parse(key)));
});

test('keys are conditioned as in Python', async (t) => {
  compareAll(t, await cases(t, 'condition_key'), (key) =>
    (Array.isArray(key) ? key : [key]).map((element) => conditionKey(toLiteral(element))),
  );
});

function toLiteral(element: unknown): LiteralValue {
  if (Array.isArray(element)) return { kind: 'tuple', items: element.map(toLiteral) };
  return scalar.parse(element);
}

/** Python fails here without words of its own: there is no text to be equal to. */
const wordless: ReadonlySet<unknown> = new Set(["'NoneType' object has no attribute 'group'"]);

test('every matcher fits every value as in Python', async (t) => {
  const path = needsData(t, 'crds', 'unit-cases.json.gz');
  if (path === undefined) return;
  const all = await gzippedJson<Readonly<Record<string, unknown>>>(path);
  const values = z.array(z.string()).parse(all['matcher_values']);
  for (const one of await cases(t, 'matcher')) {
    const key = z.string().parse(one.in[0]);
    const got = outcome(() => values.map(keyMatcher(key)));
    if (wordless.has(one.message)) t.truthy(got.message, key);
    else
      t.deepEqual(got, one.error === undefined ? { out: one.out } : { message: one.message }, key);
  }
});

for (const name of [
  'precondition_header_acs_biasfile_v1',
  'precondition_header_acs_biasfile_v2',
  'precondition_header_acs_biasfile_v3',
  'fallback_header_acs_biasfile_v2',
  'fallback_header_acs_biasfile_v3',
  'precondition_header_wfc3_biasfile_v1',
  'fallback_header_wfpc2_flatfile_v1',
]) {
  test(`the hook ${name} changes headers as in Python`, async (t) => {
    const place = name.startsWith('fallback') ? 'fallback_header' : 'precondition_header';
    const hook = findHook(headerWithHook(place, name), place);
    t.truthy(hook);
    compareAll(t, await cases(t, name), (header) => {
      const before = new Map(Object.entries(z.record(z.string(), z.string()).parse(header)));
      const copy = new Map(before);
      const after = hook?.(before);
      t.deepEqual(before, copy, 'the header that was given stays as it was');
      return Object.fromEntries(after ?? []);
    });
  });
}

function headerWithHook(place: string, name: string): MappingHeader {
  const hooks: LiteralValue = { kind: 'dict', entries: [[place, name]] };
  return new MappingHeader({ kind: 'dict', entries: [['hooks', hooks]] }, { source: 'test.rmap' });
}

test('answers become keyword values as in Python', async (t) => {
  compareAll(t, await cases(t, 'handle_na_and_not_found'), (text) => {
    const file = z.string().parse(text);
    const answers = new Map([['biasfile', { status: 'found', file } as const]]);
    const [update] = keywordUpdates(answers, { instrument: 'ACS' });
    if (update?.status === 'update') return [true, (update.file ?? 'N/A').toUpperCase()];
    return [false, `NOT FOUND${update?.reason ?? ''}`.toUpperCase()];
  });
});

test('instruments are told from names of references as in Python', async (t) => {
  for (const one of await cases(t, 'instrument_from_refname')) {
    t.is(referenceInstrument(z.string().parse(one.in[0])), one.out as string | undefined);
  }
});

test('contexts for data sets are told from other texts as in Python', async (t) => {
  // `build` names the context of an installed program, which this one has none of; the first letters of other missions are not ours.
  const left = new Set(['build', 'hst-build']);
  for (const one of await cases(t, 'is_context_spec')) {
    const text = z.string().parse(one.in[0]);
    if (!left.has(text)) t.is(parseContextSpec(text) !== undefined, one.out as boolean, text);
  }
  t.pass();
});
