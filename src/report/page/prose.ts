import { markup, type Html } from './markup.ts';

/** A message as text in which what stands in backticks is set as code. */
export function prose(message: string): Html {
  const pieces = message.split('`');
  // An odd backtick has no partner and stays as it is.
  if (pieces.length % 2 === 0) return markup`${message}`;
  return markup`${pieces.map((text, index) => (index % 2 === 0 ? text : markup`<code>${text}</code>`))}`;
}
