import { RuleError } from '../rules/rule-error.ts';
import type { Comparator } from './expression.ts';
import { pythonType, type ExpressionValue } from './expression-value.ts';

/**
 * Compares two values as Python does: values of different kinds are unequal and have no order.
 *
 * @throws RuleError in the words of Python's `TypeError`.
 */
export function compare(
  left: ExpressionValue,
  comparator: Comparator,
  right: ExpressionValue,
): boolean {
  switch (comparator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case 'in':
      return isMember(left, right);
    case 'not in':
      return !isMember(left, right);
    case '<':
      return order(left, comparator, right) < 0;
    case '<=':
      return order(left, comparator, right) <= 0;
    case '>':
      return order(left, comparator, right) > 0;
    case '>=':
      return order(left, comparator, right) >= 0;
  }
}

function isEqual(left: ExpressionValue, right: ExpressionValue): boolean {
  if (isSequence(left) && isSequence(right)) {
    return (
      left.type === right.type &&
      left.items.length === right.items.length &&
      left.items.every((item, index) => isEqual(item, right.items[index] ?? null))
    );
  }
  return isNumeric(left) && isNumeric(right) ? Number(left) === Number(right) : left === right;
}

function isMember(member: ExpressionValue, group: ExpressionValue): boolean {
  if (isSequence(group)) return group.items.some((item) => isEqual(item, member));
  if (typeof group !== 'string') {
    throw new RuleError(`argument of type '${pythonType(group)}' is not iterable`);
  }
  if (typeof member === 'string') return group.includes(member);
  throw new RuleError(`'in <string>' requires string as left operand, not ${pythonType(member)}`);
}

function order(left: ExpressionValue, comparator: string, right: ExpressionValue): number {
  if (typeof left === 'string' && typeof right === 'string') {
    return left < right ? -1 : Number(left > right);
  }
  if (isNumeric(left) && isNumeric(right)) return Number(left) - Number(right);
  if (isSequence(left) && isSequence(right) && left.type === right.type) {
    return sequenceOrder(left.items, comparator, right.items);
  }
  throw new RuleError(
    `'${comparator}' not supported between instances of '${pythonType(left)}' and '${pythonType(right)}'`,
  );
}

function sequenceOrder(
  left: readonly ExpressionValue[],
  comparator: string,
  right: readonly ExpressionValue[],
): number {
  for (const [index, item] of left.entries()) {
    const other = right[index];
    if (other === undefined) break;
    if (!isEqual(item, other)) return order(item, comparator, other);
  }
  return left.length - right.length;
}

function isSequence(value: ExpressionValue): value is Extract<ExpressionValue, { type: string }> {
  return typeof value === 'object' && value !== null;
}

function isNumeric(value: ExpressionValue): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}
