import { pythonText } from '../python/python-text.ts';
import { RuleError } from '../rules/rule-error.ts';
import { compare } from './compare.ts';
import type { Expression } from './expression.ts';
import { isTrue, type ExpressionValue } from './expression-value.ts';

/**
 * Evaluates a predicate of the rules for one header. Header values are texts, so numbers compare as text.
 *
 * @param lookup Gives the value of a header keyword, or undefined.
 * @throws RuleError in Python's words for an unknown name or an impossible comparison.
 */
export function evaluate(
  expression: Expression,
  lookup: (name: string) => string | boolean | undefined,
): ExpressionValue {
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'name':
      return named(expression.name, lookup);
    case 'sequence':
      return {
        type: expression.type,
        items: expression.items.map((item) => evaluate(item, lookup)),
      };
    case 'and':
      return joined(expression, lookup, false);
    case 'or':
      return joined(expression, lookup, true);
    case 'not':
      return !isTrue(evaluate(expression.operand, lookup));
    case 'negate':
      return negated(evaluate(expression.operand, lookup));
    case 'compare':
      return compared(expression, lookup);
    case 'if':
      return isTrue(evaluate(expression.test, lookup))
        ? evaluate(expression.then, lookup)
        : evaluate(expression.otherwise, lookup);
  }
}

type Lookup = Parameters<typeof evaluate>[1];

function named(name: string, lookup: Lookup): ExpressionValue {
  const value = lookup(name);
  if (value === undefined) throw new RuleError(`name ${pythonText(name)} is not defined`);
  return value;
}

/** `and` and `or` give the operand that decides, as in Python. */
function joined(
  expression: { readonly operands: readonly Expression[] },
  lookup: Lookup,
  decisive: boolean,
): ExpressionValue {
  let value: ExpressionValue = !decisive;
  for (const operand of expression.operands) {
    value = evaluate(operand, lookup);
    if (isTrue(value) === decisive) return value;
  }
  return value;
}

function negated(value: ExpressionValue): number {
  if (typeof value === 'number' || typeof value === 'boolean') return -Number(value);
  throw new RuleError('bad operand type for unary -');
}

function compared(expression: Extract<Expression, { kind: 'compare' }>, lookup: Lookup): boolean {
  let left = evaluate(expression.first, lookup);
  for (const { comparator, operand } of expression.rest) {
    const right = evaluate(operand, lookup);
    if (!compare(left, comparator, right)) return false;
    left = right;
  }
  return true;
}
