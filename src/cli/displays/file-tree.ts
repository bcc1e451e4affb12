import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Shows the files below a folder, indented by folder, with their sizes; hidden ones and folders without files are left out. */
export async function fileTree(folder: string, indent = '  '): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lines: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) {
      const below = await fileTree(path, `${indent}  `);
      if (below !== '') lines.push(`${indent}${entry.name}/`, below);
    } else {
      lines.push(`${indent}${entry.name}  ${sizeText((await stat(path)).size)}`);
    }
  }
  return lines.join('\n');
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
