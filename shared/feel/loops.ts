/** for … return, some … satisfies, every … satisfies. */
import type { SyntaxNode } from '@lezer/common';
import {
  childrenOf,
  nameOf,
  newSlot,
  refuse,
  scalar,
  warnAt,
  type Code,
  type Compilation,
  type Scope,
  type Shape,
} from './code.ts';
import type { Truth } from './compare.ts';
import type { Read } from './environment.ts';
import type { Warn } from './fault.ts';
import { isList, nameKind, type FeelValue } from './value.ts';

/** Longest list that a written range (1..n) makes; longer ones are a mistake in n. */
const longestRange = 10_000;

export function compileFor<Frame>(c: Compilation<Frame>, node: SyntaxNode, scope: Scope | null): Code<Frame> {
  const loop = compileLoop(c, node, scope);
  if (loop === null) return refuse(c, node, '“for” is written: for x in list return …');
  const { each, body } = loop;
  return {
    shape: body.shape,
    read: (frame) => {
      const results: FeelValue[] = [];
      const whole = each(frame, () => {
        results.push(body.read(frame));
        return false;
      });
      return whole ? results : null;
    },
  };
}

/**
 * some is a chain of or, every a chain of and, over all combinations: of an empty list false and true.
 * Over a missing list both are null.
 */
export function compileQuantified<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const loop = compileLoop(c, node, scope);
  if (loop === null) return refuse(c, node, 'this is written: some x in list satisfies …');
  const { each, body } = loop;
  const decisive = node.firstChild?.name === 'some';
  const warn = warnAt(c, loop.bodyNode);
  return scalar((frame) => {
    let answer: Truth = !decisive;
    const whole = each(frame, () => {
      const met = body.read(frame);
      if (met === decisive) answer = decisive;
      else if (typeof met !== 'boolean') {
        if (met !== null) warn(`${nameKind(met)} stands where a yes-or-no is needed`);
        answer = null;
      }
      return met === decisive;
    });
    return whole ? answer : null;
  });
}

/** Runs `visit` with the variables set, until it returns true. False when something that is looped over is no list. */
type Each<Frame> = (frame: Frame, visit: () => boolean) => boolean;

interface Loop<Frame> {
  readonly each: Each<Frame>;
  readonly body: Code<Frame>;
  readonly bodyNode: SyntaxNode;
}

function compileLoop<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Loop<Frame> | null {
  const children = childrenOf(node);
  const heads = children.find((child) => child.name === 'InExpressions');
  const bodyNode = children[children.length - 1];
  if (heads === undefined || bodyNode === undefined) return null;
  const levels: { slot: number; read: Read<Frame> }[] = [];
  let inner = scope;
  for (const head of childrenOf(heads)) {
    const [name, , iteration] = childrenOf(head);
    if (name === undefined || iteration === undefined) return null;
    const list = compileIteration(c, iteration, inner);
    const slot = newSlot(c);
    levels.push({ slot, read: list.read });
    inner = { kind: 'variable', name: nameOf(c, name), slot, shape: list.shape, outer: inner };
  }
  return { each: nest(c.slots, levels), body: c.compile(bodyNode, inner), bodyNode };
}

/** Later lists are read for each element of the earlier ones, because they may use their variables. */
function nest<Frame>(
  slots: FeelValue[],
  levels: readonly { slot: number; read: Read<Frame> }[],
): Each<Frame> {
  const [level, ...deeper] = levels;
  const inner = deeper.length === 0 ? null : nest(slots, deeper);
  if (level === undefined) return () => true;
  const { slot, read } = level;
  return (frame, visit) => {
    const list = read(frame);
    if (!isList(list)) return false;
    const outer = slots[slot] ?? null;
    let whole = true;
    let stopped = false;
    const watch = (): boolean => (stopped = visit());
    for (const element of list) {
      slots[slot] = element;
      if (inner === null) stopped = visit();
      else whole = inner(frame, watch);
      if (stopped || !whole) break;
    }
    slots[slot] = outer;
    return whole;
  };
}

/** `in list` or `in 1..n`; a range that runs down counts down. */
function compileIteration<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): { read: Read<Frame>; shape: Shape } {
  const [first, , last] = childrenOf(node);
  if (first === undefined) return refuse(c, node, 'a list is missing');
  const from = c.compile(first, scope);
  const warn = warnAt(c, node);
  if (last === undefined) return { read: (frame) => toList(from.read(frame), warn), shape: from.shape };
  const to = c.compile(last, scope);
  return { read: (frame) => countFrom(from.read(frame), to.read(frame), warn), shape: 'scalar' };
}

function toList(value: FeelValue, warn: Warn): FeelValue {
  if (value === null || isList(value)) return value;
  warn(`a list is needed here, not ${nameKind(value)}`);
  return null;
}

function countFrom(from: FeelValue, to: FeelValue, warn: Warn): FeelValue {
  if (from === null || to === null) return null;
  if (
    typeof from !== 'number' ||
    typeof to !== 'number' ||
    !Number.isInteger(from) ||
    !Number.isInteger(to)
  ) {
    warn('a range to count through runs between whole numbers');
    return null;
  }
  const length = Math.abs(to - from) + 1;
  if (length > longestRange) {
    warn(`a range to count through has at most ${longestRange} numbers`);
    return null;
  }
  const step = to < from ? -1 : 1;
  return Array.from({ length }, (_, index) => from + step * index);
}
