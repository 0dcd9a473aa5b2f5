/**
 * list[2] picks an element (from the end when negative), list[condition] those for which the condition is true.
 * In a condition `item` is the element, and the fields of the element are names; an element's field hides an outer
 * name. A condition that uses neither is looked at once: a number picks, true keeps all.
 */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, newSlot, refuse, warnAt, type Code, type Compilation, type Scope } from './code.ts';
import type { Warn } from './fault.ts';
import { isList, nameKind, type FeelValue } from './value.ts';

export function compileFilter<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const [target, , condition] = childrenOf(node);
  if (target === undefined || condition === undefined)
    return refuse(c, node, 'a condition is missing between the brackets');
  if (condition.name === 'SimplePositiveUnaryTest')
    return refuse(c, condition, 'a condition is written with item: list[item > 3]');
  const { read, shape } = c.compile(target, scope);
  const slot = newSlot(c);
  const element = { isUsed: false };
  const onUse = (): void => {
    element.isUsed = true;
  };
  const test = c.compile(condition, { kind: 'element', slot, shape, onUse, outer: scope }).read;
  const warn = warnAt(c, condition);
  const { slots } = c;
  if (!element.isUsed) return { shape, read: (frame) => pick(read(frame), test(frame), warn) };
  return {
    shape,
    read: (frame) => {
      const list = toList(read(frame));
      if (list === null) return null;
      const outer = slots[slot] ?? null;
      const kept: FeelValue[] = [];
      for (const element of list) {
        slots[slot] = element;
        if (test(frame) === true) kept.push(element);
      }
      slots[slot] = outer;
      return kept;
    },
  };
}

function pick(target: FeelValue, by: FeelValue, warn: Warn): FeelValue {
  const list = toList(target);
  if (list === null || by === null) return null;
  if (typeof by === 'boolean') return by ? list : [];
  if (typeof by !== 'number') {
    warn(`an element is picked by a number, not by ${nameKind(by)}`);
    return null;
  }
  return list[by < 0 ? list.length + by : by - 1] ?? null;
}

/** A single value is a list of one, as FEEL has it. */
function toList(value: FeelValue): readonly FeelValue[] | null {
  if (value === null) return null;
  return isList(value) ? value : [value];
}
