/** Text that is HTML already. Only `markup` makes it, so that text from elsewhere is always escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in a template: HTML as it is, lists one after another, anything else escaped; nothing for undefined. */
export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

/** A template whose values are escaped. */
export function markup(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const texts = strings.map(
    (text, index) => text + (index < parts.length ? render(parts[index]) : ''),
  );
  return new Html(texts.join(''));
}

function render(part: HtmlPart): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  return part.map(render).join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
