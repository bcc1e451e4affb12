import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import { seededRandom } from '../simulated/seeded-random.ts';
import { assertRecovers, crashFolders, undisturbed } from '../helpers/crash-run.ts';
import { startPipe } from '../helpers/pipe-process.ts';

const ids = ['j8zz02a1q', 'j8zz02a2q', 'j8zz02a3q', 'j8zz02a4q'];
const calacs = 'copies-slowly';

/** How many times a run is killed; the seed of a failure is printed and can be given again. */
const kills = Number(process.env['CALDP_TEST_KILLS'] ?? 5);
const seed = Number(process.env['CALDP_TEST_SEED'] ?? Date.now() % 1_000_000);

test(`runs killed at random times are finished by the next one`, async (t) => {
  t.timeout(30_000 + kills * 10_000);
  t.log(`${String(kills)} kills, seed ${String(seed)} (CALDP_TEST_KILLS, CALDP_TEST_SEED)`);
  const random = seededRandom(seed);
  const wanted = await undisturbed(t, ids, { calacs });
  const folders = await crashFolders(t, ids);
  const whole = startPipe(t, { folders, ids, calacs });
  await whole.ready;
  const began = performance.now();
  t.is((await whole.end).code, 0);
  const longest = performance.now() - began;
  let killed = 0;
  for (let round = 0; round < kills; round += 1) {
    const pipe = startPipe(t, { folders, ids, calacs, force: true });
    await pipe.ready;
    // The time of the kill is what is random here; nothing is waited for.
    const wait = random.uniform() * longest;
    await delay(wait);
    pipe.kill();
    if ((await pipe.end).signal === 'SIGKILL') killed += 1;
    const label = `round ${String(round)}, killed after ${wait.toFixed(1)} ms, seed ${String(seed)}`;
    await assertRecovers(t, { folders, ids, label, wanted, calacs });
  }
  t.log(`${String(killed)} of ${String(kills)} died within ${longest.toFixed(0)} ms`);
  t.true(killed > 0);
});
