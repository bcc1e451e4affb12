import { type AcsRun, workerOf } from './context.ts';
import { setString } from '../header/set-card.ts';
import { requireFree, writeProduct } from './product-writer.ts';
import { copyFile } from './copy-file.ts';
import { frameName, renamedHeader, type WorkingExposure } from './working-exposure.ts';

/** Makes a product of an exposure to which nothing more is done: only FILENAME changes. */
export async function copyWithName(
  run: AcsRun,
  options: { readonly exposure: WorkingExposure; readonly output: string },
): Promise<void> {
  const { exposure, output } = options;
  requireFree(run, output);
  if (exposure.copied !== undefined) {
    const cards = renamedHeader(exposure.copied.cards, output);
    copyFile(run, { copied: { ...exposure.copied, cards }, output });
    return;
  }
  setString(exposure.primary, 'FILENAME', output, 'name of file');
  await Promise.all(
    exposure.imsets.map(({ source }, index) =>
      workerOf(run, index).run('loadFrame', { name: frameName(exposure.frames, index), source }),
    ),
  );
  await writeProduct(run, { exposure, output });
}
