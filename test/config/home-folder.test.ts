import test from 'ava';
import { homeFolder } from '../../src/config/home-folder.ts';

const current = '/somewhere/here';

test('CALDP_HOME names the folder, else the current one is taken', (t) => {
  t.is(homeFolder({ environment: {}, current }), current);
  t.is(homeFolder({ environment: { CALDP_HOME: '' }, current }), current);
  t.is(homeFolder({ environment: { CALDP_HOME: 'none' }, current }), current);
  t.is(homeFolder({ environment: { CALDP_HOME: '/scratch' }, current }), '/scratch');
  t.is(homeFolder({ environment: { CALDP_HOME: 'scratch' }, current }), '/somewhere/here/scratch');
});
