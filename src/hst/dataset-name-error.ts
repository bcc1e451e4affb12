/** A text that is not the name of a dataset this pipeline can process. */
export class DatasetNameError extends Error {
  override readonly name = 'DatasetNameError';
  /** The text as it was given. */
  readonly text: string;

  constructor(text: string, reason: string) {
    super(`\`${text.slice(0, 80)}\` ${reason}`);
    this.text = text;
  }
}
