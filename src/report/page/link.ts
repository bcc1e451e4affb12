import { dirname, relative, sep } from 'node:path';

/** The address by which the page at `page` reaches a file: relative, so that page and data can be moved together. */
export function linkTo(path: string, { page }: { readonly page: string }): string {
  return relative(dirname(page), path).split(sep).map(encodeURIComponent).join('/');
}
