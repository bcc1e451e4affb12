import { readFile } from 'node:fs/promises';
import test from 'ava';
import fc from 'fast-check';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { parsePoller } from '../../src/inputs/parse-poller.ts';
import { needsData } from '../helpers/needs.ts';

const file = 'acs_8ph_01_input.out';
const refused = test.macro((t, text: string, says: RegExp) => {
  const error = t.throws(() => parsePoller(text, { file }), {
    instanceOf: CaldpError,
    message: says,
  });
  t.is(error.code, 'POLLER_INVALID');
});

test('an empty poller file is refused', refused, ' \n\r\n', /names no exposures/);
test('a path in place of a name is refused', refused, '../x_flc.fits,1\n', /Line 1 .*`\.\.\/x/);
test('what is no FITS file is refused', refused, 'a_flc.fits,1\nb.txt,2\n', /Line 2 /);
test(
  'a name that stands twice is refused',
  refused,
  'a_flc.fits,1\na_flc.fits,1\n',
  /`a_flc\.fits` a second time/,
);

test('the first column names the exposures, in order', (t) => {
  t.deepEqual(parsePoller('b_flc.fits,1,x\r\n\r\na_flc.fits\r\n', { file }), [
    'b_flc.fits',
    'a_flc.fits',
  ]);
});

test('poller files of real mosaics name their exposures', async (t) => {
  const single = needsData(t, 'caldp', file);
  const multi = needsData(t, 'caldp', 'skycell-p2381x06y09_input.out');
  if (single === undefined || multi === undefined) return;
  const visit = parsePoller(await readFile(single, 'utf8'), { file });
  t.is(visit.length, 6);
  t.is(visit[0], 'j8ph01g0q_flc.fits');
  const cell = parsePoller(await readFile(multi, 'utf8'), { file });
  t.is(cell.length, 5);
  t.true(cell.every((name) => name.startsWith('hst_13773_20_wfc3_uvis_')));
});

test('any text names files without a folder or is refused', (t) => {
  t.notThrows(() => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          return parsePoller(text, { file }).every((name) => !/[/\\\s]/.test(name));
        } catch (error) {
          return error instanceof CaldpError;
        }
      }),
      { interruptAfterTimeLimit: 5000 },
    );
  });
});
