import type { SyntaxNode } from '@lezer/common';
import { childrenOf, nameOf } from './code.ts';

/** An argument as written: by position (no name) or by name. */
export interface WrittenArgument {
  readonly name: string | null;
  readonly value: SyntaxNode;
}

/** The arguments of a call, in the order in which they are written. */
export function argumentsOf(c: { readonly source: string }, node: SyntaxNode): readonly WrittenArgument[] {
  const parameters = childrenOf(node).find((child) => child.name.endsWith('Parameters'));
  if (parameters === undefined) return [];
  return childrenOf(parameters).flatMap((child): readonly WrittenArgument[] => {
    if (child.name !== 'NamedParameter') return [{ name: null, value: child }];
    const [name, value] = childrenOf(child);
    return name === undefined || value === undefined ? [] : [{ name: nameOf(c, name), value }];
  });
}
