import { formatCard, type WritableValue } from '../../../src/fits/format-card.ts';
import { removeCard, replaceCard } from '../../../src/fits/header-edit.ts';
import { updateHeader } from '../../../src/fits/update-header.ts';

/** Gives keywords of a primary header values; undefined takes the card away. */
export async function changeHeader(
  path: string,
  values: Readonly<Record<string, WritableValue | undefined>>,
): Promise<void> {
  await updateHeader(path, {
    edit: (header) => {
      for (const [keyword, value] of Object.entries(values)) {
        if (value === undefined) removeCard(header, keyword);
        else for (const card of formatCard(keyword, { value })) replaceCard(header, card);
      }
    },
  });
}
