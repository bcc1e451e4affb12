import test from 'ava';
import fc from 'fast-check';
import { AssociationError } from '../../src/hst/association-error.ts';
import { parseAssociation, type AssociationRow } from '../../src/hst/parse-association.ts';

const file = 'jbz504010_asn.fits';
const row = (
  name: string,
  type = 'EXP-RPT',
  present: AssociationRow['present'] = true,
): AssociationRow => ({ name, type, present });

const refused = test.macro(
  (t, rows: readonly AssociationRow[], dataset: string | undefined, says: RegExp) => {
    const error = t.throws(
      () => parseAssociation(rows, dataset === undefined ? { file } : { file, dataset }),
      { instanceOf: AssociationError, message: says },
    );
    t.is(error.file, file);
  },
);

test('an empty table is refused', refused, [], undefined, /has no members\./);
test('blank rows are no members', refused, [row('  ', '\0\0')], undefined, /has no members\./);
test(
  'a table of products only is refused and says which',
  refused,
  [row('JBZ504011', 'PROD-RPT')],
  undefined,
  /names no exposures, only `jbz504011`\./,
);
test('a name that is none is refused', refused, [row('../../etc')], undefined, /in row 1/);
test('a row without type is refused', refused, [row('JBZ504EJQ', ' ')], undefined, /no MEMTYPE/);
test(
  'a member that stands twice is refused',
  refused,
  [row('JBZ504EJQ'), row('jbz504ejq', 'EXP-CR1')],
  undefined,
  /`jbz504ejq` twice/,
);
test(
  'a member of another instrument is refused',
  refused,
  [row('IBZ504EJQ')],
  undefined,
  /another instrument/,
);
test(
  'a table of another dataset is refused',
  refused,
  [row('JBZ504EJQ')],
  'JBZ505010',
  /of `jbz505010`, not of `jbz504010`/,
);

test('exposures and products are told apart; case, blanks and NULs do not count', (t) => {
  const rows = [
    row('JBZ504EJQ\0\0\0xyz', 'exp-cr1\0\0'),
    row(' jbz504ekq   ', 'EXP-CR1 ', false),
    row('', ''),
    row('JBZ504011', 'PROD-CR1', true),
  ];
  t.deepEqual(parseAssociation(rows, { file, dataset: 'JBZ504010   ' }), {
    file,
    exposures: [
      { name: 'jbz504ejq', type: 'EXP-CR1', present: true },
      { name: 'jbz504ekq', type: 'EXP-CR1', present: false },
    ],
    products: [{ name: 'jbz504011', type: 'PROD-CR1', present: true }],
  });
});

test('member types of STIS name exposures and the product', (t) => {
  const rows = [
    row('OBES03EWQ', 'CRSPLIT'),
    row('OBES03F0Q', 'AUTO-WAVECAL'),
    row('OBES03010', 'PRODUCT'),
  ];
  const association = parseAssociation(rows, { file: 'obes03010_asn.fits' });
  t.deepEqual(
    association.exposures.map(({ name }) => name),
    ['obes03ewq', 'obes03f0q'],
  );
  t.deepEqual(
    association.products.map(({ name }) => name),
    ['obes03010'],
  );
});

for (const [value, present] of [
  ['yes', true],
  ['T', true],
  ['no', false],
  ['F', false],
  ['', true],
  [1, true],
  [0, false],
  [undefined, true],
] as const) {
  test(`MEMPRSNT ${JSON.stringify(value)} means ${present ? 'present' : 'absent'}`, (t) => {
    const rows = [{ name: 'JBZ504EJQ', type: 'EXP-RPT', present: value }];
    const association = parseAssociation(rows, { file });
    t.is(association.exposures[0]?.present, present);
  });
}

test('any rows make an association or an AssociationError', (t) => {
  const name = fc.oneof(fc.string(), fc.stringMatching(/^[jJ][a-zA-Z0-9]{8}$/));
  const type = fc.oneof(fc.string(), fc.constantFrom('EXP-CR1', 'PROD-CR1', 'PRODUCT'));
  const rows = fc.array(fc.record({ name, type, present: fc.boolean() }), { maxLength: 6 });
  t.notThrows(() => {
    fc.assert(
      fc.property(rows, (given) => {
        try {
          const { exposures, products } = parseAssociation(given, { file });
          return [...exposures, ...products].every(({ name: each }) => /^[a-z0-9]{9}$/.test(each));
        } catch (error) {
          return error instanceof AssociationError;
        }
      }),
      { interruptAfterTimeLimit: 5000 },
    );
  });
});
