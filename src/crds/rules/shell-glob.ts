/**
 * Makes the test of a whole text against a shell pattern: `*` any characters, `?` one, `[a-z]` one of, `[!a-z]` one not of,
 * as Python's `fnmatch` reads them. Takes time linear in pattern times text: no pattern of a rules file can make it hang.
 */
export function shellGlob(pattern: string): (text: string) => boolean {
  const steps = parseSteps(pattern);
  return (text) => matches(steps, Array.from(text));
}

type Step = '*' | ((character: string) => boolean);

function parseSteps(pattern: string): readonly Step[] {
  const characters = Array.from(pattern);
  const steps: Step[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const end = character === '[' ? endOfSet(characters, at) : -1;
    if (end >= 0) {
      steps.push(characterSet(characters.slice(at + 1, end)));
      at = end;
    } else {
      steps.push(simpleStep(character));
    }
  }
  return steps;
}

function simpleStep(character: string): Step {
  if (character === '*') return '*';
  if (character === '?') return () => true;
  return (other) => other === character;
}

/** Index of the `]` that closes a set, or -1 where none does and `[` stands for itself; a first `]` is a member. */
function endOfSet(characters: readonly string[], start: number): number {
  let from = start + 1;
  if (characters[from] === '!') from += 1;
  if (characters[from] === ']') from += 1;
  return characters.indexOf(']', from);
}

function characterSet(members: readonly string[]): Step {
  const negated = members[0] === '!';
  const ranges = parseRanges(negated ? members.slice(1) : members);
  return (character) =>
    ranges.some(([low, high]) => character >= low && character <= high) !== negated;
}

function parseRanges(members: readonly string[]): readonly (readonly [string, string])[] {
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < members.length; at += 1) {
    const low = members[at] ?? '';
    const high = members[at + 2];
    if (members[at + 1] === '-' && high !== undefined) {
      ranges.push([low, high]);
      at += 2;
    } else {
      ranges.push([low, low]);
    }
  }
  return ranges;
}

function matches(steps: readonly Step[], text: readonly string[]): boolean {
  let step = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const current = steps[step];
    if (current === '*') {
      star = step;
      resume = at;
      step += 1;
    } else if (current?.(text[at] ?? '') === true) {
      step += 1;
      at += 1;
    } else if (star >= 0) {
      step = star + 1;
      resume += 1;
      at = resume;
    } else {
      return false;
    }
  }
  return steps.slice(step).every((rest) => rest === '*');
}
