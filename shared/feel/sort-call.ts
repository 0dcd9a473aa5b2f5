/** sort(list, function(a, b) a < b): the one place where a function can be written out. */
import type { SyntaxNode } from '@lezer/common';
import { sortBy } from './built-ins/lists.ts';
import { childrenOf, nameOf, newSlot, refuse, type Code, type Compilation, type Scope } from './code.ts';
import { isList } from './value.ts';
import type { WrittenArgument } from './written-argument.ts';

export function compileSort<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  written: readonly WrittenArgument[],
  scope: Scope | null,
): Code<Frame> {
  const [list, precedes] = written.map((argument) => argument.value);
  const definition = precedes === undefined ? [] : childrenOf(precedes);
  const parameters = definition.find((child) => child.name === 'FormalParameters');
  const body = definition.find((child) => child.name === 'FunctionBody')?.firstChild;
  const [first, second, ...more] =
    parameters === undefined ? [] : childrenOf(parameters).map((child) => nameOf(c, child));
  if (
    list === undefined ||
    body === undefined ||
    body === null ||
    first === undefined ||
    second === undefined ||
    more.length > 0
  ) {
    return refuse(c, node, 'sort is written sort(list, function(a, b) a < b)');
  }
  const { read, shape } = c.compile(list, scope);
  const [slotA, slotB] = [newSlot(c), newSlot(c)];
  const outer: Scope = { kind: 'variable', name: first, slot: slotA, shape, outer: scope };
  const test = c.compile(body, { kind: 'variable', name: second, slot: slotB, shape, outer }).read;
  const { slots } = c;
  return {
    shape,
    read: (frame) => {
      const values = read(frame);
      if (values === null) return null;
      const [keptA, keptB] = [slots[slotA] ?? null, slots[slotB] ?? null];
      const sorted = sortBy(isList(values) ? values : [values], (a, b) => {
        slots[slotA] = a;
        slots[slotB] = b;
        return test(frame);
      });
      slots[slotA] = keptA;
      slots[slotB] = keptB;
      return sorted;
    },
  };
}
