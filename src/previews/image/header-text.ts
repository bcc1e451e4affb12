import type { Header } from '../../fits/header.ts';

/** The text of a card without blanks around it, undefined where there is no card, or no text in it. */
export function headerText(header: Header, keyword: string): string | undefined {
  const value = header.card(keyword)?.value;
  const text = value?.kind === 'string' ? value.value.trim() : '';
  return text === '' ? undefined : text;
}
