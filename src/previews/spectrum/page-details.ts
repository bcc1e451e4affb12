import type { FitsFile } from '../../fits/fits-file.ts';
import type { Header } from '../../fits/header.ts';

/** What the headers say about an observation, in one line: target, instrument, optical element, exposure time. */
export function pageDetails(file: FitsFile): string {
  const headers = file.hdus.slice(0, 2).map(({ header }) => header);
  const text = (keyword: string): string | undefined => firstText(headers, keyword);
  const instrument = [text('INSTRUME'), text('DETECTOR')].filter(isThere).join('/');
  const center = text('CENWAVE');
  const time = Number(text('TEXPTIME') ?? text('EXPTIME') ?? NaN);
  return [
    text('TARGNAME'),
    instrument === '' ? undefined : instrument,
    text('OPT_ELEM'),
    center === undefined ? undefined : `${center} Å`,
    time > 0 ? `${Math.round(time * 10) / 10} s` : undefined,
    text('DATE-OBS') ?? text('TDATEOBS'),
  ]
    .filter(isThere)
    .join(' · ');
}

function firstText(headers: readonly Header[], keyword: string): string | undefined {
  const [value] = headers.flatMap((header) => {
    const card = header.card(keyword)?.value;
    return card?.kind === 'string' || card?.kind === 'integer' || card?.kind === 'real'
      ? [String(card.value).trim()]
      : [];
  });
  return value === '' ? undefined : value;
}

function isThere(text: string | undefined): text is string {
  return text !== undefined;
}
