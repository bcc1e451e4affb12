import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mappingChecksum } from '../../src/crds/mappings/mapping-checksum.ts';

/** Names of the simulated context and of its references, in order. */
export const smallContext = {
  name: 'hst_0001.pmap',
  rules: [
    'hst_0001.pmap',
    'hst_acs_0001.imap',
    'hst_acs_biasfile_0001.rmap',
    'hst_acs_ccdtab_0001.rmap',
  ],
  references: ['old1234aj_bia.fits', 'new1234aj_bia.fits', 'tab1234aj_ccd.fits'],
} as const;

/** A header that the simulated context answers with `new1234aj_bia.fits` and `tab1234aj_ccd.fits`. */
export const smallHeader = {
  INSTRUME: 'ACS',
  DETECTOR: 'HRC',
  BIASCORR: 'PERFORM',
  'DATE-OBS': '2005-01-01',
  'TIME-OBS': '00:00:00',
} as const;

/** The text of rules, with the checksum that its header promises. */
export function withChecksum(text: string): string {
  const marked = text.replace("'sha1sum' : ''", "'sha1sum' : 'PLACE'");
  return marked.replace('PLACE', mappingChecksum(marked));
}

function header(kind: string, name: string, more: readonly string[] = []): string {
  const lines = [
    "'derived_from' : 'simulated'",
    `'mapping' : '${kind}'`,
    `'name' : '${name}'`,
    "'observatory' : 'HST'",
    "'sha1sum' : ''",
    ...more,
  ];
  return `header = {\n${lines.map((line) => `    ${line},\n`).join('')}}\n\n`;
}

/** The text of a `.rmap` of the simulated context; `more` are lines of its header. */
export function smallRmap(type: string, selector: string, more: readonly string[] = []): string {
  const name = `hst_acs_${type}_0001.rmap`;
  const parkey = "'parkey' : (('DETECTOR',), ('DATE-OBS', 'TIME-OBS'))";
  const fields = [parkey, "'instrument' : 'ACS'", `'filekind' : '${type.toUpperCase()}'`, ...more];
  return withChecksum(`${header('REFERENCE', name, fields)}selector = ${selector}\n`);
}

/** Files of rules by name. */
export function smallRules(): ReadonlyMap<string, string> {
  const dated = (entries: string): string => `Match({\n    'HRC' : UseAfter({${entries}}),\n})`;
  return new Map([
    [
      'hst_0001.pmap',
      withChecksum(
        `${header('PIPELINE', 'hst_0001.pmap', ["'parkey' : ('INSTRUME',)"])}selector = {\n    'ACS' : 'hst_acs_0001.imap',\n}\n`,
      ),
    ],
    [
      'hst_acs_0001.imap',
      withChecksum(
        `${header('INSTRUMENT', 'hst_acs_0001.imap', ["'parkey' : ('REFTYPE',)", "'instrument' : 'ACS'"])}selector = {\n    'biasfile' : 'hst_acs_biasfile_0001.rmap',\n    'ccdtab' : 'hst_acs_ccdtab_0001.rmap',\n}\n`,
      ),
    ],
    [
      'hst_acs_biasfile_0001.rmap',
      smallRmap(
        'biasfile',
        dated(
          "'1992-01-01 00:00:00' : 'old1234aj_bia.fits', '2004-01-01 00:00:00' : 'new1234aj_bia.fits'",
        ),
        ["'reffile_switch' : 'BIASCORR'", "'hooks' : {'precondition_header' : 'none'}"],
      ),
    ],
    [
      'hst_acs_ccdtab_0001.rmap',
      smallRmap('ccdtab', dated("'1992-01-01 00:00:00' : 'tab1234aj_ccd.fits'")),
    ],
  ]);
}

/** The bytes of a simulated reference, different for every name; some chunks long. */
export function smallReference(name: string): Buffer {
  const seed = createHash('sha256').update(name).digest();
  return Buffer.concat(Array.from({ length: 3000 }, () => seed));
}

/** Writes the rules of the simulated context into a cache. */
export async function writeSmallRules(cache: string): Promise<void> {
  const folder = join(cache, 'mappings', 'hst');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of smallRules()) await writeFile(join(folder, name), text);
}
