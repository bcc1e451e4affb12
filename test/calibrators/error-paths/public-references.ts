import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replacePrimary } from '../builtin/acs/replace-primary.ts';
import type { CaseFolder } from './changes.ts';

const goldenSchema = z.object({
  inputs: z.array(
    z.object({ name: z.string(), primary_cards_after_bestrefs: z.array(z.string()).optional() }),
  ),
});

/** Gives raw exposures the headers that they have once references are assigned, as the records of the golden runs hold them. */
export async function assignPublicReferences({ folder, lab, names }: CaseFolder): Promise<void> {
  for (const name of names) {
    const cards = await cardsOf(name.replace('j6gp01mkq', 'j8bt05njq'), lab);
    if (cards !== undefined) replacePrimary(join(folder, name), cards);
  }
}

async function cardsOf(name: string, lab: string): Promise<readonly string[] | undefined> {
  for (const id of ['j8bt05njq', 'jbz504eoq', 'jbz504010']) {
    const path = join(lab, 'golden', 'public', `${id}.json`);
    const { inputs } = goldenSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const cards = inputs.find((input) => input.name === name)?.primary_cards_after_bestrefs;
    if (cards !== undefined) return cards;
  }
  return undefined;
}
