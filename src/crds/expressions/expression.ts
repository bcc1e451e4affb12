/** An order or membership test of a pair of values. */
export type Comparator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** A predicate of a rules header, parsed. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'sequence';
      readonly type: 'tuple' | 'list';
      readonly items: readonly Expression[];
    }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] }
  | { readonly kind: 'not' | 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'compare';
      readonly first: Expression;
      readonly rest: readonly { readonly comparator: Comparator; readonly operand: Expression }[];
    }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    };
