import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a preview under another name first, so that nobody ever sees half of it. */
export async function writePreview(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
