import test from 'ava';
import fc from 'fast-check';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import type { IpppssootName } from '../../src/hst/dataset-name.ts';
import { selectAssociation } from '../../src/inputs/select-association.ts';

const dataset: IpppssootName = { kind: 'ipppssoot', id: 'j8zz01010', instrument: 'acs' };
const roots = ['j8zz01010', 'j8zz01011', 'j8zz01a1q', 'j8zz01a2q', 'j8zz01a3q', 'j8zz09b1q'];
const suffixes = ['asn', 'raw', 'spt', 'flt', 'raw_x', 'drz'];

test('whatever lies in a folder, only input files of members are taken and nothing is lost', (t) => {
  const name = fc
    .tuple(fc.constantFrom(...roots), fc.constantFrom(...suffixes))
    .map(([root, suffix]) => `${root}_${suffix}.fits`);
  const member = fc.record({
    name: fc.constantFrom('j8zz01a1q', 'j8zz01a2q', 'j8zz01a3q'),
    type: fc.constant('EXP-CRJ'),
    present: fc.boolean(),
  });
  const exposures = fc.uniqueArray(member, { selector: (each) => each.name, minLength: 1 });
  t.notThrows(() => {
    fc.assert(
      fc.property(fc.uniqueArray(name), exposures, (names, members) => {
        const association = { file: 'j8zz01010_asn.fits', exposures: members, products: [] };
        const own = new Set([dataset.id, ...members.map((each) => each.name)]);
        const raws = members.filter((each) => names.includes(`${each.name}_raw.fits`));
        try {
          const listing = { place: 'here', names: new Set(names) };
          const { names: taken, ignored } = selectAssociation(dataset, { association, listing });
          return (
            taken.every((each) => own.has(each.slice(0, 9)) && /_(asn|raw|spt)\./.test(each)) &&
            [...taken, ...ignored].sort().join() === [...names].sort().join()
          );
        } catch (error) {
          if (!(error instanceof CaldpError) || error.code !== 'MEMBER_MISSING') return false;
          return raws.length === 0 || members.some((each) => each.present && !raws.includes(each));
        }
      }),
      { interruptAfterTimeLimit: 5000 },
    );
  });
});
