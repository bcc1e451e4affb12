import type { Header } from '../../fits/header.ts';

/** The number of a card, undefined where there is no card or it holds no finite number. */
export function headerNumber(header: Header, keyword: string): number | undefined {
  const value = header.card(keyword)?.value;
  if (value?.kind !== 'integer' && value?.kind !== 'real') return undefined;
  const number = Number(value.value);
  return Number.isFinite(number) ? number : undefined;
}
