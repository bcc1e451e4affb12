import { copyFile, readFile, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readExposureHeader } from '../../../src/crds/headers/exposure-header.ts';
import { writeReferences } from '../../../src/crds/headers/write-references.ts';
import { FitsError } from '../../../src/fits/fits-error.ts';
import { headerInstrument } from '../../../src/crds/rules/header-instrument.ts';
import { lookUpHeader, type HeaderLookup } from '../../../src/crds/rules/header-lookup.ts';
import type { RulesLibrary } from '../../../src/crds/rules/rules-library.ts';
import { UnansweredError } from '../../../src/crds/rules/unanswered-error.ts';
import { folderRules, never } from '../../helpers/folder-rules.ts';
import { needsData } from '../../helpers/needs.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const context = 'hst_0729.pmap';

async function lookUp(path: string, rules: RulesLibrary): Promise<HeaderLookup> {
  const { values } = await readExposureHeader(path, { signal: never });
  const instrument = headerInstrument(values);
  const found = await rules.instrument(instrument, { context, signal: never });
  return lookUpHeader(found, values, { context, instrument, badFiles: new Set() });
}

/** CRDS_VER of the file that Python wrote: it differs by nature, so the same text is written here. */
async function versionOf(path: string): Promise<string> {
  const { values } = await readExposureHeader(path, { signal: never });
  return values['CRDS_VER'] ?? 'unknown';
}

async function pair(
  t: ExecutionContext,
  name: string,
): Promise<
  { readonly copy: string; readonly after: string; readonly rules: RulesLibrary } | undefined
> {
  const before = needsData(t, 'crds', 'fits', name);
  const after = before && needsData(t, 'crds', 'fits-after', name);
  const mappings = after && needsData(t, 'lab', 'crds', 'mappings', 'hst');
  if (!before || !after || !mappings) return undefined;
  const copy = join(await temporaryFolder(t), name);
  await copyFile(before, copy);
  return { copy, after, rules: folderRules(mappings) };
}

test('references are written byte for byte as the Python client writes them', async (t) => {
  const folder = needsData(t, 'crds', 'fits');
  if (folder === undefined) return;
  const names = await readdir(folder);
  t.true(names.length > 20);
  for (const name of names) {
    const files = await pair(t, name);
    if (files === undefined) return;
    const { copy, after, rules } = files;
    try {
      const { updates } = await lookUp(copy, rules);
      const version = await versionOf(after);
      await writeReferences(copy, { context, version, references: updates }, { checksums: 'keep' });
    } catch (error) {
      // A file of no instrument is left as it is, in Python too.
      if (!(error instanceof UnansweredError)) throw error;
    }
    const [written, expected] = await Promise.all([readFile(copy), readFile(after)]);
    t.true(written.equals(expected), name);
  }
});

test('an exposure whose data are truncated is refused and left as it is, where Python fills it up with zeros', async (t) => {
  const files = await pair(t, 'plain.fits');
  if (files === undefined) return;
  const { copy, rules } = files;
  const { size } = await stat(copy);
  await truncate(copy, size - 2880);
  const before = await readFile(copy);
  const { updates } = await lookUp(copy, rules);
  await t.throwsAsync(writeReferences(copy, { context, version: 'test', references: updates }), {
    instanceOf: FitsError,
  });
  t.true(before.equals(await readFile(copy)));
});

test('a checksum is right after references were written, where Python leaves a stale one', async (t) => {
  const files = await pair(t, 'checksum.fits');
  if (files === undefined) return;
  const { copy, rules } = files;
  const { updates } = await lookUp(copy, rules);
  t.not(
    await writeReferences(copy, { context, version: 'test', references: updates }),
    'unchanged',
  );
  t.is(onesComplementSum(firstHdu(await readFile(copy))), 0xffffffff);
});

/** The primary HDU of the sample: one without data ends with the block of its END card. */
function firstHdu(bytes: Buffer): Buffer {
  for (let end = 2880; end <= bytes.length; end += 2880) {
    const block = bytes.subarray(end - 2880, end).toString('latin1');
    if (/END {77}/.test(block)) return bytes.subarray(0, end);
  }
  return bytes;
}

/** FITS 4.0, section J: the 32-bit ones' complement sum of an HDU with a right CHECKSUM is all ones. */
function onesComplementSum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    sum += bytes.readUInt32BE(at);
    if (sum > 0xffffffff) sum = (sum % 0x100000000) + 1;
  }
  return sum;
}
