import test from 'ava';
import { parseContextSpec } from '../../../src/crds/configuration/context-spec.ts';
import { headerInstrument } from '../../../src/crds/rules/header-instrument.ts';

test('an instrument is what the header says, be it a name that objects of JavaScript have', (t) => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    t.is(headerInstrument({ INSTRUME: name }), name.toUpperCase());
    t.is(parseContextSpec(name), undefined);
  }
  t.is(headerInstrument({ INSTRUME: 'wfii' }), 'WFPC2');
  t.deepEqual(parseContextSpec('hst-edit'), { kind: 'tag', tag: 'edit' });
});
