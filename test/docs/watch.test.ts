import { readFileSync } from 'node:fs';
import test from 'ava';
import { daemonCommand } from '../../src/cli/daemon-command.ts';
import { processCommand } from '../../src/cli/process-command.ts';
import { watchCommand } from '../../src/cli/watch-command.ts';
import { DatasetBoard } from '../../src/daemon/dataset-board.ts';
import { Metrics } from '../../src/daemon/metrics.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const documented = (name: string): readonly string[] =>
  [...read(name).matchAll(/^\| `(-[^`]+)` +\|/gm)].map(([, flags]) => flags ?? '');
const ignore = (): undefined => undefined;
const flagsOf = (command: ReturnType<typeof watchCommand>): readonly string[] =>
  command.options.map(({ flags }) => flags);

test('every option of `caldp watch` is on its page or on that of `caldp process`', (t) => {
  const shared = flagsOf(processCommand(ignore));
  const own = flagsOf(watchCommand(ignore)).filter((flags) => !shared.includes(flags));
  t.deepEqual(documented('watch.md').toSorted(), own.toSorted());
});

test('every further option of `caldp daemon` is on its page', (t) => {
  const watch = flagsOf(watchCommand(ignore));
  const own = flagsOf(daemonCommand(ignore)).filter((flags) => !watch.includes(flags));
  t.deepEqual(documented('daemon.md').toSorted(), own.toSorted());
});

test('every metric is on the page and no other', (t) => {
  const text = new Metrics().render({
    health: { scannedAt: undefined, interval: 1, problems: [], blind: false, counts: {}, mode: '' },
    ready: true,
    eventLoopDelay: 0,
  });
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? '');
  const onPage = [...read('daemon.md').matchAll(/^\| `((?:caldp|process)_\w+)`/gm)];
  t.deepEqual(onPage.map(([, name]) => name ?? '').toSorted(), names.toSorted());
});

test('every state of the board is on the page', (t) => {
  const page = read('daemon.md');
  t.true(Object.keys(new DatasetBoard().counts).every((state) => page.includes(`\`${state}\``)));
});
