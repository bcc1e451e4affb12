import { markup, type Html } from './markup.ts';
import { linkTo } from './link.ts';

/** A place as a link where it is a folder of this machine. */
export function place(location: string, { page }: { readonly page: string }): Html {
  if (!location.startsWith('file:')) return markup`<code>${location}</code>`;
  const path = location.slice('file:'.length);
  return markup`<a href="${linkTo(path, { page })}/"><code>${path}</code></a>`;
}
