import { readFileSync } from 'node:fs';
import test from 'ava';
import { processCommand } from '../../src/cli/process-command.ts';

const page = readFileSync(new URL('../../docs/process.md', import.meta.url), 'utf8');

test('every option of the command is on the page, and no other', (t) => {
  const command = processCommand(() => undefined);
  const options = command.options.map(({ flags }) => flags).toSorted();
  const documented = [...page.matchAll(/^\| `(-[^`]+)` +\|/gm)].map(([, flags]) => flags ?? '');
  t.deepEqual(documented.toSorted(), options);
});

test('every type of event is on the page', (t) => {
  const telemetry = readFileSync(
    new URL('../../src/streams/telemetry.ts', import.meta.url),
    'utf8',
  );
  const types = [...telemetry.matchAll(/readonly type: '([a-z-]+)'/g)].map(
    ([, type]) => type ?? '',
  );
  t.true(types.length > 4);
  t.deepEqual(
    types.filter((type) => !page.includes(`| \`${type}\``)),
    [],
  );
});
