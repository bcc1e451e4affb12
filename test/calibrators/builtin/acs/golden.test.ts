import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { calibrateAcs } from '../../../../src/calibrators/builtin/acs/acs-calibrator.ts';
import { needsData, skip } from '../../../helpers/needs.ts';
import { temporaryFolder } from '../../../helpers/temporary-folder.ts';
import { replacePrimary } from './replace-primary.ts';

/** What a golden record says about a run of calacs; the records are made outside this project. */
interface Golden {
  readonly inputs: readonly {
    readonly name: string;
    readonly primary_cards_after_bestrefs?: readonly string[];
  }[];
}

const program = { name: 'caldp', version: '0.0.0' };
const cases = [
  ['j8bt05njq', 'j8bt05njq_raw.fits'],
  ['j8bt06o6q', 'j8bt06o6q_raw.fits'],
  ['j8bt99010', 'j8bt99010_asn.fits'],
  ['jbz504010', 'jbz504010_asn.fits'],
  ['jbz504eoq', 'jbz504eoq_raw.fits'],
] as const;

for (const [name, input] of cases)
  test(`\`${name}\` comes out as from calacs, every pixel, card and trailer line`, async (t) => {
    const lab = needsData(t, 'lab');
    const golden = needsData(t, 'lab', 'golden', 'public', `${name}.json`);
    if (lab === undefined || golden === undefined) return;
    if (spawnSync('/usr/bin/python3', ['-c', 'import numpy']).status !== 0) {
      skip(t, 'python3 with numpy, which compares with the record, is not there');
      return;
    }
    const folder = await temporaryFolder(t);
    const record = JSON.parse(readFileSync(golden, 'utf8')) as Golden;
    for (const file of record.inputs) {
      cpSync(findInput(lab, file.name), join(folder, file.name));
      const cards = file.primary_cards_after_bestrefs;
      if (cards !== undefined) replacePrimary(join(folder, file.name), cards);
    }
    const jref = `${join(lab, 'crds', 'references', 'hst', 'acs')}/`;
    await calibrateAcs(input, { folder, environment: { jref }, program });
    const check = spawnSync(
      '/usr/bin/python3',
      [join(lab, 'tools', 'check_golden.py'), golden, folder],
      { encoding: 'utf8' },
    );
    t.is(check.status, 0, check.stdout);
  });

function findInput(lab: string, name: string): string {
  const folders = readdirSync(join(lab, 'hst'));
  const found = folders
    .map((folder) => join(lab, 'hst', folder, name))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`Expected ${name} in the test data.`);
  return found;
}
