/** Merges sequences that are each in ascending order into one, without repetitions; holds one item of each. */
export async function* mergeSorted(
  sequences: readonly AsyncIterable<string>[],
): AsyncGenerator<string> {
  const iterators = sequences.map((sequence) => sequence[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      const values = heads.flatMap(({ done, value }) => (done === true ? [] : [value]));
      const least = values.reduce<string | undefined>(
        (a, b) => (a === undefined || b < a ? b : a),
        undefined,
      );
      if (least === undefined) return;
      yield least;
      for (const [index, iterator] of iterators.entries()) {
        const head = heads[index];
        if (head?.done !== true && head?.value === least) heads[index] = await iterator.next();
      }
    }
  } finally {
    for (const iterator of iterators) await iterator.return?.();
  }
}
