/**
 * A lookup that cannot be answered for one header, in the words of the Python client. It never leaves this folder: it
 * becomes the text after `NOT FOUND` in the answer for one type of reference.
 */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}
