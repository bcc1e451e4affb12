import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { daemonCommand } from '../../src/cli/daemon-command.ts';
import { needsProgram } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const folder = fileURLToPath(new URL('../../deploy/', import.meta.url));

test('systemd finds nothing wrong with the unit', async (t) => {
  if (needsProgram(t, 'systemd-analyze') === undefined) return;
  const place = await temporaryFolder(t);
  const unit = join(place, 'caldp.service');
  // The program and the user are not installed where this is tested.
  const text = await readFile(join(folder, 'caldp.service'), 'utf8');
  const changed = text.replace('/usr/bin/caldp', process.execPath).replace('User=caldp', '');
  await writeFile(unit, changed);
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  t.is(status, 0, stderr);
  t.false(stderr.includes('caldp.service'), stderr);
});

test('the manifests are YAML of what they say to be', async (t) => {
  const python = needsProgram(t, 'python3');
  if (python === undefined) return;
  const place = await temporaryFolder(t);
  for (const name of ['kubernetes.yaml', 'compose.yaml']) {
    await copyFile(join(folder, name), join(place, name));
    const script = `import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))`;
    const run = spawnSync(python, ['-c', script, join(place, name)], { encoding: 'utf8' });
    if (run.stderr.includes('No module named')) {
      t.log('skipped: python3 has no yaml');
      continue;
    }
    t.is(run.status, 0, run.stderr);
    const [first] = JSON.parse(run.stdout) as readonly object[];
    t.true('services' in (first ?? {}) || 'kind' in (first ?? {}));
  }
  t.pass();
});

for (const name of ['caldp.service', 'compose.yaml', 'kubernetes.yaml']) {
  test(`the options that ${name} gives the daemon exist`, (t) => {
    const text = readFileSync(join(folder, name), 'utf8').replace(/^\s*#.*$/gm, '');
    const options = new Set(daemonCommand(() => undefined).options.map(({ long }) => long));
    const used = [...text.matchAll(/(?:^\s*-\s+| )(--[a-z-]+)[= ]\S/gm)].map(([, flag]) => flag);
    t.true(used.length >= 3, used.join(' '));
    t.deepEqual(
      used.filter((flag) => !options.has(flag)),
      [],
    );
  });
}
