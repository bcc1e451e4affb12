import * as fs from 'node:fs/promises';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { fileInputs } from '../../src/inputs/file-inputs.ts';
import { datasetArguments } from '../../src/sources/dataset-list.ts';
import { openFileStore } from '../../src/stores/open-file-store.ts';
import { createTools } from '../../src/streams/create-tools.ts';
import { pipeline } from '../../src/streams/pipeline.ts';
import { copyingCalibrator } from '../helpers/copying-calibrator.ts';
import { assertSettled } from '../helpers/invariants.ts';
import { makeFolders } from '../helpers/run-pipeline.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { tinyFits } from '../helpers/tiny-fits.ts';

const count = 300;
const ids = Array.from(
  { length: count },
  (_, index) => `j${index.toString(36).padStart(5, '0')}01q`,
);

/** Open files of this process; 0 where the system does not tell. */
function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    // ENOENT: a system without /proc.
    return 0;
  }
}

test('of hundreds of datasets each is published once and no handle stays open', async (t) => {
  const folders = await makeFolders(await temporaryFolder(t));
  for (const id of ids) {
    writeFileSync(join(folders.raw, `${id}_raw.fits`), tinyFits({ INSTRUME: "'ACS     '" }));
  }
  const tools = await createTools({
    inputs: fileInputs(folders.raw, { fileSystem: fs }),
    output: await openFileStore(folders.output),
    calibrator: copyingCalibrator,
    workRoot: folders.work,
  });
  const before = openFiles();
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const timersBefore = timers();
  let most = 0;
  let mostInFlight = 0;
  let inFlight = 0;
  tools.telemetry.events.subscribe((event) => {
    if (event.type === 'admitted') inFlight += 1;
    if (event.type === 'settled') inFlight -= 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    most = Math.max(most, openFiles());
  });
  const published: string[] = [];
  await pipeline(datasetArguments(ids), tools).forEach((outcome) => {
    if (outcome.status === 'published') published.push(outcome.dataset.id);
  });
  t.deepEqual(published.sort(), [...ids].sort());
  await assertSettled(t, { folders, ids, label: 'hundreds of datasets' });
  t.true(mostInFlight <= tools.maxInFlight);
  t.log(
    `${String(before)} open files before, ${String(most)} at most, ${String(openFiles())} after`,
  );
  t.true(most - before <= 16 * tools.maxInFlight);
  t.true(openFiles() <= before);
  t.true(timers() <= timersBefore);
});
