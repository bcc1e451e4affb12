import { readFile } from 'node:fs/promises';
import type { Answer } from './answer.ts';

/** The files of the status page, and nothing else that lies there. */
const files: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  '/': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/page.css': { name: 'page.css', type: 'text/css; charset=utf-8' },
  '/page.js': { name: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/icon.svg': { name: 'icon.svg', type: 'image/svg+xml' },
};

/** A file of the status page by its path, or undefined. */
export async function pageFile(path: string): Promise<Answer | undefined> {
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  if (file === undefined) return undefined;
  const folder = new URL('../../assets/status-page/', import.meta.url);
  const body = await readFile(new URL(file.name, folder));
  return { status: 200, type: file.type, body };
}
