import type { SourceReport } from '../source-health.ts';
import type { SourceProblem } from '../source-problem.ts';

/** Which problems there are at present, and since when. */
export class ProblemLog {
  readonly #present = new Map<string, SourceProblem & { readonly since: Date }>();

  get present(): readonly (SourceProblem & { readonly since: Date })[] {
    return [...this.#present.values()];
  }

  /** Replaces the problems; answers what is worth telling: what is new and what is over. `at` is milliseconds since 1970. */
  update(
    problems: readonly SourceProblem[],
    { at }: { readonly at: number },
  ): readonly SourceReport[] {
    const reports: SourceReport[] = [];
    const keys = new Set(problems.map(keyOf));
    for (const [key, problem] of this.#present) {
      if (keys.has(key)) continue;
      this.#present.delete(key);
      reports.push({ kind: 'recovered', at, problem });
    }
    for (const problem of problems) {
      const key = keyOf(problem);
      if (this.#present.has(key)) continue;
      this.#present.set(key, { ...problem, since: new Date(at) });
      reports.push({ kind: 'degraded', at, problem });
    }
    return reports;
  }
}

function keyOf({ code, subject }: SourceProblem): string {
  return `${code} ${subject}`;
}
