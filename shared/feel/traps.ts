/**
 * Spellings that FEEL reads otherwise than a person does. They are faults, because a check that says something else
 * than its author meant does so silently for years.
 */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './code.ts';

/** `x in [1..5] and y` is read as `x in ([1..5] and y)`. */
export function trapInTest(test: SyntaxNode): string | null {
  if (test.name !== 'Conjunction' && test.name !== 'Disjunction' && test.name !== 'Comparison') return null;
  return '“in” takes everything that follows as its test; put the test itself into parentheses: (x in …) and …';
}

/** `-3 ** 2` is read as (-3) ** 2, and so is `-x ** 2`. */
export function trapPower(base: SyntaxNode): string | null {
  const first = base.firstChild;
  const signed =
    first?.name === 'ArithOp' &&
    (base.name === 'NumericLiteral' ||
      (base.name === 'ArithmeticExpression' && childrenOf(base).length === 2));
  return signed ? 'a sign binds more tightly than a power here: write -(x ** 2) or (-x) ** 2' : null;
}

/** `a < b < c` compares the answer of a < b with c. */
export function trapChain(side: SyntaxNode): string | null {
  return side.name === 'Comparison'
    ? 'comparisons cannot be chained: write a < b and b < c, or b between a and c'
    : null;
}
