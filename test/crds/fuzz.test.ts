import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { reformatDate } from '../../src/crds/dates/reformat-date.ts';
import { parseMapping } from '../../src/crds/mappings/parse-mapping.ts';
import { pythonLiteralText } from '../../src/crds/python/python-literal-text.ts';
import { bestReference } from '../../src/crds/rules/best-reference.ts';
import { keyMatcher } from '../../src/crds/rules/key-matcher.ts';
import { lookupHeader, type RawHeader } from '../../src/crds/rules/lookup-header.ts';
import { referenceRules } from '../../src/crds/rules/reference-rules.ts';
import { RuleError } from '../../src/crds/rules/rule-error.ts';
import { parseServerConfig } from '../../src/crds/server/parse-server-config.ts';
import { smallHeader, smallRmap, smallRules } from '../helpers/small-context.ts';

/** Runs a property for some seconds; when it fails, the report tells the seed. */
function check<T>(
  t: ExecutionContext,
  arbitrary: fc.Arbitrary<T>,
  holds: (value: T) => void,
): void {
  const result = fc.check(fc.property(arbitrary, holds), {
    interruptAfterTimeLimit: 3000,
    numRuns: 3000,
  });
  t.log(`seed ${result.seed}, ${result.numRuns} runs`);
  if (result.failed) t.fail(fc.defaultReportMessage(result) ?? 'failed');
  t.pass();
}

/** An answer, or an error that is meant for people. */
function answersOrExplains(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof CaldpError) || !error.message.includes('`')) throw error;
  }
}

/** A text with pieces replaced, removed and put in, as a damaged file has them. */
function damaged(text: string): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom('(', ')', '{', '}', '[', "'", '"', '"""', ':', ',', '#', '\\', '-', '\n', '\0'),
    fc.constantFrom(
      '__import__("os")',
      'lambda: 0',
      '0x10',
      '1_0',
      '1e999',
      'None',
      'Match(',
      'b"x"',
    ),
    fc.string({ maxLength: 8 }),
  );
  const change = fc.tuple(fc.nat(text.length), fc.nat(12), piece);
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce(
        (old, [at, length, put]) => old.slice(0, at) + put + old.slice(at + length),
        text,
      ),
    );
}

const rmap = smallRules().get('hst_acs_biasfile_0001.rmap') ?? '';

function lookUp(text: string, header: RawHeader): void {
  const mapping = parseMapping(Buffer.from(text), { name: 'x.rmap', ignoreChecksum: true });
  const rules = referenceRules(mapping);
  const found = lookupHeader(header, { keywords: rules.keywords });
  bestReference(rules, found, { warn: () => undefined, dates: new Map() });
}

test('damaged rules are refused with the line or the reason, or answer', (t) => {
  check(t, damaged(rmap), (text) => {
    answersOrExplains(() => {
      lookUp(text, smallHeader);
    });
  });
});

test('rules whose checksum does not fit are never used', (t) => {
  check(t, damaged(rmap), (text) => {
    if (text.replaceAll(/^.*sha1sum.*\n/gm, '') === rmap.replaceAll(/^.*sha1sum.*\n/gm, '')) return;
    try {
      parseMapping(Buffer.from(text), { name: 'x.rmap' });
    } catch (error) {
      if (error instanceof CaldpError) return;
      throw error;
    }
    throw new Error('they were taken');
  });
});

test('bytes that are no text are refused', (t) => {
  check(t, fc.uint8Array({ maxLength: 200 }), (bytes) => {
    answersOrExplains(() => parseMapping(bytes, { name: 'x.rmap' }));
  });
});

const keyword = fc.constantFrom('DETECTOR', 'DATE-OBS', 'TIME-OBS', 'BIASCORR', 'INSTRUME');
const value = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('N/A', '*', 'ANY', 'NOT HRC', 'between 1 2', '{HRC}', '__proto__', 'UNDEFINED'),
);

test('any header is answered', (t) => {
  check(t, fc.dictionary(keyword, value), (header) => {
    lookUp(rmap, { ...smallHeader, ...header });
  });
});

const key = fc.oneof(
  fc.stringMatching(/^[()[\]{}#|*?!<>=.+a-cA-C0-9 -]{0,24}$/),
  fc.stringMatching(/^(?:BETWEEN|NOT|between|#)[ 0-9.<>=#-]{0,20}$/),
  fc.stringMatching(/^\([()|+*?.a-c\\d]{0,40}\)$/),
);

test('any key is refused or fits any value, soon', (t) => {
  check(t, fc.tuple(key, fc.array(fc.stringMatching(/^[abc0-9.-]{0,68}$/))), ([text, values]) => {
    const started = performance.now();
    try {
      const matcher = keyMatcher(text);
      for (const one of [...values, 'a'.repeat(68), 'ab'.repeat(34)]) matcher(one);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
    }
    const took = performance.now() - started;
    if (took > 1000) throw new Error(`${took} ms for ${text}`);
  });
});

test('any expression of a header is refused, answers or is told as a warning', (t) => {
  const word = fc.constantFrom(
    'DETECTOR',
    'BIASCORR',
    '"HRC"',
    "'x'",
    '5',
    '-',
    '(',
    ')',
    '[',
    ']',
    ',',
    'and',
    'or',
    'not',
    'in',
    '==',
    '!=',
    '<',
    '<=',
    'if',
    'else',
    'True',
    'None',
    'NOSUCH',
    '.',
    '+',
    'f(',
    'lambda',
  );
  check(t, fc.array(word, { maxLength: 12 }), (words) => {
    const selector = "Match({'HRC' : UseAfter({'1992-01-01 00:00:00' : 'x.fits'})})";
    const expression = `(${words.join(' ')})`.replaceAll("'", '"');
    answersOrExplains(() => {
      lookUp(smallRmap('biasfile', selector, [`'rmap_relevance' : '${expression}'`]), smallHeader);
    });
  });
});

test('deep nesting is refused, not recursed into', (t) => {
  for (const sign of ['(', '[', '{', '-', '{1:']) {
    answersOrExplains(() => parseServerConfig(sign.repeat(100_000), { source: 'x' }));
  }
  const relevance = `(${'not '.repeat(5000)}DETECTOR)`;
  const text = smallRmap('biasfile', "Match({'HRC' : 'x.fits'})", [
    `'rmap_relevance' : '${relevance}'`,
  ]);
  answersOrExplains(() => {
    lookUp(text, smallHeader);
  });
  t.pass();
});

test('any text of a date is a canonical date or an error in words', (t) => {
  const part = fc.constantFrom(
    '2010',
    '01',
    '02',
    'Feb',
    '-',
    '/',
    ' ',
    ':',
    'T',
    'AM',
    '.5',
    '99',
    'UT',
    'x',
  );
  check(t, fc.array(part, { maxLength: 14 }), (parts) => {
    try {
      const date = reformatDate(parts.join(''));
      if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?$/.test(date)) throw new Error(date);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
    }
  });
});

test('a configuration is read back as it was written', (t) => {
  const json = fc.dictionary(
    fc.string(),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
    ),
  );
  check(t, json, (config) => {
    const read = parseServerConfig(pythonLiteralText(config), { source: 'x' });
    const [a, b] = [read, config].map((one) =>
      JSON.stringify(Object.entries(one as object).sort()),
    );
    if (a !== b) throw new Error(`${a ?? ''} is not ${b ?? ''}`);
  });
});

test('a damaged configuration is refused or read, never run', (t) => {
  const text = pythonLiteralText({
    observatory: 'hst',
    mappings: ['a', 'b'],
    n: { x: -1.5, y: null },
  });
  check(t, damaged(text), (config) => {
    answersOrExplains(() => parseServerConfig(config, { source: 'x' }));
  });
});
