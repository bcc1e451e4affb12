import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { bring, failsWith, folders, namesOf } from '../helpers/bringing.ts';
import { needsData } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

for (const [id, files, ignored] of [
  ['j8bt05njq', ['j8bt05njq_raw.fits'], []],
  ['jbz504010', ['jbz504010_asn.fits', 'jbz504ejq_raw.fits', 'jbz504ekq_raw.fits'], []],
  ['jbz504eoq', ['jbz504eoq_raw.fits', 'jbz504eoq_spt.fits'], []],
  ['j8bt99010', ['j8bt99010_asn.fits', 'j8bt99a1q_raw.fits', 'j8bt99a2q_raw.fits'], []],
  [
    'ldfd01010',
    [
      'ldfd01010_asn.fits',
      ...['vnq', 'vpq', 'vrq', 'vtq'].flatMap((end) => [
        `ldfd01${end}_rawtag_a.fits`,
        `ldfd01${end}_spt.fits`,
      ]),
    ],
    [
      'ldfd01010_x1dsum.fits',
      ...[1, 2, 3, 4].map((part) => `ldfd01010_x1dsum${part}.fits`),
      ...['vnq', 'vpq', 'vrq', 'vtq'].map((end) => `ldfd01${end}_x1d.fits`),
    ],
  ],
] as const) {
  test(`exactly the files of the real dataset ${id} are brought`, async (t) => {
    const source = needsData(t, 'lab', 'hst');
    const manifest = needsData(t, 'lab', 'hst', 'MANIFEST.tsv');
    if (source === undefined || manifest === undefined) return;
    const brought = await bring(id, { source, work: await temporaryFolder(t) });
    t.deepEqual(namesOf(brought.files), files);
    t.deepEqual(brought.ignored, ignored);
    const known = await fs.readFile(manifest, 'utf8');
    for (const { name, size, sha256 } of brought.files) {
      t.true(known.includes(`${id}/${name}\t${size}\t${sha256}\t`), name);
    }
  });
}

for (const [file, code] of [
  ['truncated.fits', 'FITS_INVALID'],
  ['n4wl01xdq_raw.fits', 'FITS_INVALID'],
  // A whole file in which INSTRUME was changed.
  ['j8btyyy_raw_bad.fits', 'INSTRUMENT_MISMATCH'],
] as const) {
  test(`the damaged file ${file} is refused`, async (t) => {
    const damaged = needsData(t, 'lab', 'hst', 'damaged', file);
    if (damaged === undefined) return;
    const both = await folders(t);
    await fs.copyFile(damaged, join(both.source, 'j8bt05njq_raw.fits'));
    await failsWith(t, bring('j8bt05njq', both), { code, says: /`.*j8bt05njq_raw\.fits` is / });
  });
}
