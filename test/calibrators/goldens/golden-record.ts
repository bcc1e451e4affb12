import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const hduSchema = z.object({ name: z.string(), cards: z.string(), data: z.string().nullable() });

const recordSchema = z.object({
  /** The version of calacs that made the record. */
  calacs: z.string(),
  groups: z.record(
    z.string(),
    z.object({
      /** SHA-256 of raw files and references. */
      inputs: z.string(),
      /** Dataset to file to what it holds. */
      outputs: z.record(
        z.string(),
        z.record(z.string(), z.union([z.string(), z.array(hduSchema).readonly()])),
      ),
    }),
  ),
});

/** What calacs made of some groups of datasets. */
export type GoldenRecord = z.infer<typeof recordSchema>;

/** Names of the records. */
export type GoldenName = 'full-size' | 'all-modes';

/** Reads a record that `npm run goldens` wrote. */
export async function readGoldens(name: GoldenName): Promise<GoldenRecord> {
  const path = new URL(`${name}.json`, import.meta.url);
  return recordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}
