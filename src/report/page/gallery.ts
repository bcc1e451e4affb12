import type { Thumbnail } from '../files/thumbnails.ts';
import { linkTo } from './link.ts';
import { markup, type Html } from './markup.ts';

/** Thumbnails, each of which opens the full preview; undefined where there is none. */
export function gallery(
  thumbnails: readonly Thumbnail[],
  { page }: { readonly page: string },
): Html | undefined {
  if (thumbnails.length === 0) return undefined;
  const figures = thumbnails.map(
    ({ title, data, full }) =>
      markup`<figure>
        <a href="${linkTo(full, { page })}"
          ><img src="${data}" alt="Preview of ${title}; opens in full size"
        /></a>
        <figcaption>${title}</figcaption>
      </figure>`,
  );
  return markup`<section>
    <h3>Previews</h3>
    <div class="gallery">${figures}</div>
  </section>`;
}
