import { readdir } from 'node:fs/promises';

/** Names below a folder, sorted, temporaries included; the folders that temporaries lie in do not count, they stay. */
export async function namesBelow(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => !/(?:^|\/)\.caldp-tmp$/.test(name)).sort();
}

/** Names in a folder, sorted, without hidden ones. */
export async function visibleNames(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
}
