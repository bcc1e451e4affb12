/** What the rules say about one type of reference for one header. */
export type Answer =
  | { readonly status: 'found'; readonly file: string }
  /** Rules without dates that fit equally well; only SYNPHOT has them. */
  | { readonly status: 'several'; readonly files: readonly string[] }
  | { readonly status: 'not-applicable' }
  | { readonly status: 'omitted' }
  | { readonly status: 'failed'; readonly reason: string };

/** An answer as the Python client gives it: file name, list of file names, or `NOT FOUND ...`; undefined where it omits the type. */
export function answerText(answer: Answer): string | readonly string[] | undefined {
  switch (answer.status) {
    case 'found':
      return answer.file;
    case 'several':
      return answer.files;
    case 'not-applicable':
      return 'NOT FOUND n/a';
    case 'omitted':
      return undefined;
    case 'failed':
      return `NOT FOUND ${answer.reason}`;
  }
}

const notApplicable: readonly string[] = ['N/A', 'TEMP_N/A', 'n/a', 'temp_n/a'];
const omitted: readonly string[] = ['OMIT', 'TEMP_OMIT', 'omit'];

/** The answer that a choice of the rules stands for: `N/A` and `OMIT` in their spellings are no files. */
export function choiceAnswer(choice: string | readonly string[]): Answer {
  if (typeof choice !== 'string') return { status: 'several', files: choice };
  if (notApplicable.includes(choice)) return { status: 'not-applicable' };
  if (omitted.includes(choice)) return { status: 'omitted' };
  return { status: 'found', file: choice };
}
