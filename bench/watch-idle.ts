/**
 * What an idle drop folder costs: 50,000 files that are complete datasets or parts of some, watched at the default interval.
 *
 *   node --import=tsx/esm bench/watch-idle.ts [poll|events] [flat|nested] [minutes]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstValueFrom, from } from 'rxjs';
import { watchFolder } from '../src/sources/watch-folder.ts';
import { tinyFits } from '../test/helpers/tiny-fits.ts';

const [mode = 'events', shape = 'nested', minutes = '3'] = process.argv.slice(2);
const files = 50_000;
const root = mkdtempSync(join(tmpdir(), 'caldp-idle-'));
const bytes = tinyFits({ INSTRUME: "'ACS     '" });
for (let index = 0; index < files / 2; index += 1) {
  const id = `j${index.toString(36).padStart(7, '0')}q`;
  const folder = shape === 'flat' ? root : join(root, id);
  mkdirSync(folder, { recursive: true });
  for (const suffix of ['raw', 'spt']) writeFileSync(join(folder, `${id}_${suffix}.fits`), bytes);
}
const source = watchFolder(root, { mode: mode === 'poll' ? 'poll' : 'events' });
const { signal } = new AbortController();
let given = 0;
const started = performance.now();
void (async () => {
  for (;;) {
    const item = await firstValueFrom(from(source.next({ signal })));
    if (item.status !== 'requested') continue;
    given += 1;
    if (given === files / 2) {
      console.log(
        `all given out after ${String(Math.round((performance.now() - started) / 1000))} s`,
      );
    }
    const { dataset, origin } = item;
    source.settled?.({ status: 'skipped', dataset, origin, because: 'finished', reason: '' });
  }
})();
let usage = process.cpuUsage();
for (let minute = 1; minute <= Number(minutes); minute += 0.5) {
  await new Promise((resolve) => setTimeout(resolve, 30_000));
  const used = process.cpuUsage(usage);
  usage = process.cpuUsage();
  const percent = (used.user + used.system) / 300_000;
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(
    `${mode} ${shape}: ${percent.toFixed(2)} % of a CPU, ${String(memory)} MB, ${String(given)} given out`,
  );
}
rmSync(root, { recursive: true });
process.exit(0);
