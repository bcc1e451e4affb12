const longest = 200;

/**
 * What a program of HSTCAL that failed said of the reason: the first line of its output that tells of an error, and the warning right
 * before it, which names the file where one is missing. Later lines only say what was not done because of it.
 *
 * @returns Undefined where no line begins with `ERROR`.
 */
export function complaintOf(output: string): string | undefined {
  const lines = output.split('\n').flatMap((line) => line.trim() || []);
  const first = lines.findIndex((line) => line.startsWith('ERROR'));
  if (first < 0) return undefined;
  const said = lines.slice(Math.max(0, first - 1), first + 1);
  const reason = said.filter((line) => line.startsWith('ERROR') || line.startsWith('Warning'));
  return reason.map((line) => `\`${line.slice(0, longest)}\``).join(', ');
}
