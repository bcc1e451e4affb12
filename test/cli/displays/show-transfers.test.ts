import test from 'ava';
import { showTransfers } from '../../../src/cli/displays/show-transfers.ts';
import type { TransferProgress } from '../../../src/crds/cache/transfer-progress.ts';

const halfway: TransferProgress = {
  name: 'new1234aj_bia.fits',
  status: 'under-way',
  bytes: 5_000_000,
  size: 10_000_000,
  all: { files: 1, count: 3, bytes: 5_000_000, size: 30_000_000 },
};
const there: TransferProgress = {
  ...halfway,
  status: 'fetched',
  bytes: 10_000_000,
  all: { files: 2, count: 3, bytes: 10_000_000, size: 30_000_000 },
};

function shown(
  progress: readonly TransferProgress[],
  terminal: { readonly isTTY: boolean },
): string {
  const written: string[] = [];
  const write = (text: string): boolean => written.push(text) > 0;
  const display = showTransfers({ ...terminal, columns: 120, write });
  for (const one of progress) display.show(one);
  display.end();
  return written.join('');
}

test('where there is no terminal each file that has arrived gets a line', (t) => {
  t.is(
    shown([halfway, there], { isTTY: false }),
    'Fetched new1234aj_bia.fits, 10.0 MB (2 of 3 files there, 10.0 MB of 30.0 MB fetched)\n',
  );
});

test('on a terminal one line follows the bytes and is wiped in the end', (t) => {
  t.is(
    shown([halfway, there], { isTTY: true }),
    [
      '',
      'Fetching new1234aj_bia.fits, 5.0 MB of 10.0 MB (1 of 3 files there, 5.0 MB of 30.0 MB fetched)',
      'Fetching new1234aj_bia.fits, 10.0 MB of 10.0 MB (2 of 3 files there, 10.0 MB of 30.0 MB fetched)',
      '',
    ].join('\r\x1b[K'),
  );
});
