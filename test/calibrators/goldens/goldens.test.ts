import test, { type ExecutionContext } from 'ava';
import { openAcsCalibrator } from '../../../src/calibrators/builtin/acs/acs-calibrator.ts';
import { equivalentVersion } from '../../../src/calibrators/builtin/acs/driver/equivalent.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { calibrateGroup } from './calibrate-group.ts';
import { allModes, fullSize, type GoldenGroup } from './golden-group.ts';
import { type GoldenName, readGoldens } from './golden-record.ts';

async function comesOutAsRecorded(
  t: ExecutionContext,
  options: { readonly name: GoldenName; readonly groups: readonly GoldenGroup[] },
): Promise<void> {
  t.timeout(480_000);
  const { name, groups } = options;
  const record = await readGoldens(name);
  t.is(record.calacs, equivalentVersion, 'the record is of another version than CAL_VER tells of');
  t.deepEqual(
    Object.keys(record.groups),
    groups.map((group) => group.name),
  );
  const root = await temporaryFolder(t);
  const calibrator = openAcsCalibrator({ name: 'caldp', version: '0.0.0' });
  t.teardown(() => calibrator.close());
  for (const group of groups) {
    const { inputs, outputs } = await calibrateGroup(group, {
      root,
      calibrate: async ({ folder, input }, jref) => {
        await calibrator.calibrate(input, { folder, environment: { jref }, threads: 2 });
      },
    });
    const expected = record.groups[group.name];
    t.is(expected?.inputs, inputs, `${group.name} is simulated otherwise than it was recorded`);
    t.deepEqual(outputs, expected?.outputs ?? {}, group.name);
  }
}

test('full-size exposures and associations come out as from calacs, by its record', (t) =>
  comesOutAsRecorded(t, { name: 'full-size', groups: fullSize }));

test('small exposures and associations in every mode come out as from calacs, by its record', (t) =>
  comesOutAsRecorded(t, { name: 'all-modes', groups: allModes }));
