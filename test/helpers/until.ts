/** Waits until a condition holds; after the deadline (milliseconds) it throws. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  options: { readonly deadline: number } = { deadline: 10_000 },
): Promise<void> {
  const end = Date.now() + options.deadline;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('The condition did not come true in time.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
