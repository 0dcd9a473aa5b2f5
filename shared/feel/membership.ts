/**
 * `x in …`, `x between … and …`, and ranges.
 * With x missing they are null, except for a test that is the literal null: `x in (1, null)` asks for missing values too.
 */
import type { SyntaxNode } from '@lezer/common';
import {
  childrenOf,
  isNullLiteral,
  refuse,
  scalar,
  textOf,
  warnAt,
  type Code,
  type Compilation,
  type Scope,
} from './code.ts';
import { both, isAtMost, isEqual, isLess, isSameEntry, isWithin, type Truth } from './compare.ts';
import type { Warn } from './fault.ts';
import { trapInTest } from './traps.ts';
import { isList, kindOf, type FeelRange, type FeelValue } from './value.ts';

type Test<Frame> = (value: FeelValue, frame: Frame) => Truth;

export function compileIn<Frame>(c: Compilation<Frame>, node: SyntaxNode, scope: Scope | null): Code<Frame> {
  const [subject, , ...rest] = childrenOf(node);
  const written = rest.flatMap((child) =>
    child.name === 'PositiveUnaryTests' ? childrenOf(child) : [child],
  );
  const tests = written.filter((child) => child.name === 'PositiveUnaryTest');
  if (subject === undefined || tests.length === 0) return refuse(c, node, '“in” needs a test');
  const read = c.compile(subject, scope).read;
  const compiled = tests.map((test) => compileTest(c, test, scope));
  const [only, ...others] = compiled;
  if (only !== undefined && others.length === 0) return scalar((frame) => only(read(frame), frame));
  return scalar((frame) => {
    const value = read(frame);
    let answer: Truth = false;
    for (const test of compiled) {
      const found = test(value, frame);
      if (found === true) return true;
      if (found === null) answer = null;
    }
    return answer;
  });
}

function compileTest<Frame>(c: Compilation<Frame>, node: SyntaxNode, scope: Scope | null): Test<Frame> {
  const inner = unwrap(childrenOf(node)[0]);
  const trap = inner === undefined ? 'a test is missing' : trapInTest(inner);
  if (inner === undefined || trap !== null) {
    refuse(c, node, trap ?? '');
    return () => null;
  }
  const [first, second] = childrenOf(inner);
  if (inner.name === 'SimplePositiveUnaryTest' && first?.name === 'CompareOp' && second !== undefined) {
    return compileCompareTest(textOf(c, first), c.compile(second, scope), warnAt(c, inner));
  }
  if (isNullLiteral(inner)) return (value) => value === null;
  const tested = c.compile(inner, scope).read;
  const warn = warnAt(c, inner);
  return (value, frame) => isIn(value, tested(frame), warn);
}

/** The parentheses of `x in (> 3)` belong to the test. */
function unwrap(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.name === 'ParenthesizedExpression' ? unwrap(childrenOf(node)[1]) : node;
}

function compileCompareTest<Frame>(sign: string, tested: Code<Frame>, warn: Warn): Test<Frame> {
  const { read } = tested;
  switch (sign) {
    case '=':
      return (value, frame) => isEqual(value, read(frame), warn);
    case '!=':
      return (value, frame) => {
        const same = isEqual(value, read(frame), warn);
        return same === null ? null : !same;
      };
    case '<':
      return (value, frame) => isLess(value, read(frame), warn);
    case '<=':
      return (value, frame) => isAtMost(value, read(frame), warn);
    case '>':
      return (value, frame) => isLess(read(frame), value, warn);
    default:
      return (value, frame) => isAtMost(read(frame), value, warn);
  }
}

/** In a list: equal to one of its elements, or within one that is a range. Missing elements match only a missing value. */
function isIn(value: FeelValue, tested: FeelValue, warn: Warn): Truth {
  if (isRange(tested)) return isWithin(value, tested, warn);
  if (!isList(tested)) return isEqual(value, tested, warn);
  if (value === null) return tested.includes(null) ? true : null;
  let answer: Truth = false;
  for (const entry of tested) {
    const found = isRange(entry) ? isWithin(value, entry, warn) : isSameEntry(value, entry, warn);
    if (found === true) return true;
    if (found === null) answer = null;
  }
  return answer;
}

export function compileBetween<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const [subject, , from, , to] = childrenOf(node);
  if (subject === undefined || from === undefined || to === undefined)
    return refuse(c, node, '“between” needs “and”');
  const [read, low, high] = [subject, from, to].map((part) => c.compile(part, scope).read);
  if (read === undefined || low === undefined || high === undefined)
    return refuse(c, node, '“between” needs “and”');
  const warn = warnAt(c, node);
  return scalar((frame) => {
    const value = read(frame);
    return both(isAtMost(low(frame), value, warn), isAtMost(value, high(frame), warn));
  });
}

/** [a..b], (a..b), ]a..b[ */
export function compileInterval<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const [interval] = childrenOf(node);
  if (interval?.name !== 'Interval') return refuse(c, node, 'a comparison needs a value on its left');
  const [open, from, , to, close] = childrenOf(interval);
  if (open === undefined || from === undefined || to === undefined || close === undefined) {
    return refuse(c, node, 'a range is written [from..to]');
  }
  const start = c.compile(from, scope);
  const end = c.compile(to, scope);
  const startIncluded = textOf(c, open) === '[';
  const endIncluded = textOf(c, close) === ']';
  if (start.constant !== undefined && end.constant !== undefined) {
    const range: FeelRange = {
      kind: 'range',
      start: start.constant,
      startIncluded,
      end: end.constant,
      endIncluded,
    };
    return { read: () => range, shape: 'scalar', constant: range };
  }
  return scalar((frame) => ({
    kind: 'range',
    start: start.read(frame),
    startIncluded,
    end: end.read(frame),
    endIncluded,
  }));
}

function isRange(value: FeelValue): value is FeelRange {
  return kindOf(value) === 'range';
}
