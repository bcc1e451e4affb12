import { chmod, copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { WritableValue } from '../../../src/fits/format-card.ts';
import { changes, type CaseFolder } from './changes.ts';
import type { ErrorCase } from './error-record.ts';
import { changeHeader } from './change-header.ts';
import { assignPublicReferences } from './public-references.ts';

/** Lays out the inputs of a case in a folder and changes them as its record tells. */
export async function prepareCase(
  record: ErrorCase,
  options: Omit<CaseFolder, 'names'>,
): Promise<CaseFolder> {
  const { folder, synth, lab } = options;
  const names = record.inputs.map((path) => basename(path));
  for (const path of record.inputs) {
    const source = path.replace('$SYNTH', synth).replace('$LAB', lab);
    await copyFile(standInFor(source), join(folder, basename(path)));
    await chmod(join(folder, basename(path)), 0o644);
  }
  const prepared = { ...options, names };
  if (record.context !== null) await assignPublicReferences(prepared);
  const change = changes[record.case];
  if (change !== undefined) await change(prepared);
  else await changeAsTold(record, prepared);
  return prepared;
}

/** One exposure is not among the data; another one of the same mode takes its place. */
function standInFor(path: string): string {
  return path.replace('heldout/hst', 'hst').replaceAll('j6gp01mkq', 'j8bt05njq');
}

/** Carries out `KEYWORD = value` and `KEYWORD deleted`, which most records say. */
async function changeAsTold(record: ErrorCase, { folder, names }: CaseFolder): Promise<void> {
  if (record.change === '') return;
  const [, keyword = '', text] = /^([A-Z][A-Z0-9]*) (?:= (\S+)|deleted)/.exec(record.change) ?? [];
  if (keyword === '') throw new Error(`Expected to know how to prepare ${record.case}.`);
  for (const name of names) {
    if (!name.endsWith('_raw.fits')) continue;
    await changeHeader(join(folder, name), {
      [keyword]: text === undefined ? undefined : valueOf(text),
    });
  }
}

function valueOf(text: string): WritableValue {
  return /^[\d.]+$/.test(text) ? { real: Number(text) } : text;
}
