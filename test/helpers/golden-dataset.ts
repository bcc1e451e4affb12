import { createHash } from 'node:crypto';
import { chmod, copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { z } from 'zod';
import { replaceCard } from '../../src/fits/header-edit.ts';
import { readHeaders } from '../../src/fits/read-headers.ts';
import { updateHeader } from '../../src/fits/update-header.ts';
import { needsData, needsProgram } from './needs.ts';

const recordSchema = z.object({
  inputs: z.array(
    z.object({ name: z.string(), primary_cards_after_bestrefs: z.array(z.string()).optional() }),
  ),
  output_files: z.array(z.string()),
  files: z.array(
    z.object({
      name: z.string(),
      hdus: z.array(z.object({ data_sha256: z.string().nullable() })).default([]),
    }),
  ),
});

/** What a run by hand of HSTCAL made of a dataset. */
export type GoldenRecord = z.infer<typeof recordSchema>;

/** A real dataset, the references that its headers are to name, and what HSTCAL made of it by hand. */
export interface GoldenDataset {
  readonly record: GoldenRecord;
  /** The folder of the references, with a slash at its end. */
  readonly jref: string;
  /** Copies its raw files, with the references in their headers, into a folder. */
  readonly copyTo: (folder: string) => Promise<void>;
}

/** Finds a real dataset, or says that the test is skipped without the data or without `calacs.e`. */
export async function needsGolden(
  t: ExecutionContext,
  id: string,
): Promise<GoldenDataset | undefined> {
  const golden = await needsRecord(t, id);
  return golden === undefined || needsProgram(t, 'calacs.e') === undefined ? undefined : golden;
}

/** Finds a real dataset, or says that the test is skipped without the data. */
export async function needsRecord(
  t: ExecutionContext,
  id: string,
): Promise<GoldenDataset | undefined> {
  const golden = needsData(t, 'lab', 'golden', 'public', `${id}.json`);
  if (golden === undefined) return undefined;
  const record = recordSchema.parse(JSON.parse(await readFile(golden, 'utf8')));
  const lab = join(golden, '..', '..', '..');
  const copyTo = async (folder: string): Promise<void> => {
    for (const { name, primary_cards_after_bestrefs: cards = [] } of record.inputs) {
      await copyFile(join(lab, 'hst', id, name), join(folder, name));
      await chmod(join(folder, name), 0o644);
      if (cards.length > 0) await assignReferences(join(folder, name), cards);
    }
  };
  return { record, jref: `${join(lab, 'crds', 'references', 'hst', 'acs')}/`, copyTo };
}

async function assignReferences(path: string, cards: readonly string[]): Promise<void> {
  await updateHeader(path, {
    edit: (header) => {
      for (const card of cards) {
        if (/^(\w+(FILE|TAB)|CRDS_\w+) *= /.test(card)) replaceCard(header, card);
      }
    },
  });
}

/** SHA-256 of the data of each HDU, null where there are none. */
export async function dataDigests(path: string): Promise<readonly (string | null)[]> {
  const [{ hdus }, bytes] = [await readHeaders(path), await readFile(path)];
  return hdus.map(({ dataOffset, shape }) =>
    shape.bytes === 0
      ? null
      : createHash('sha256')
          .update(bytes.subarray(dataOffset, dataOffset + shape.bytes))
          .digest('hex'),
  );
}
