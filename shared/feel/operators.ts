/** Arithmetic, comparisons and three-valued logic. */
import type { SyntaxNode } from '@lezer/common';
import { add, divide, multiply, negate, raise, subtract } from './arithmetic.ts';
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
import { isAtMost, isEqual, isLess, type Truth } from './compare.ts';
import type { Read } from './environment.ts';
import type { Warn } from './fault.ts';
import { compileBetween, compileIn } from './membership.ts';
import { trapChain, trapPower } from './traps.ts';
import { nameKind, type FeelValue } from './value.ts';

type Operation = (a: FeelValue, b: FeelValue, warn: Warn) => FeelValue;

const operations: ReadonlyMap<string, Operation> = new Map([
  ['+', add],
  ['-', subtract],
  ['*', multiply],
  ['/', divide],
  ['**', raise],
]);

export function compileArithmetic<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const [first, second, third] = childrenOf(node);
  if (first === undefined || second === undefined) return refuse(c, node, 'an operand is missing');
  const warn = warnAt(c, node);
  if (third === undefined) {
    const operand = c.compile(second, scope).read;
    return scalar((frame) => negate(operand(frame), warn));
  }
  const sign = textOf(c, second);
  const operation = operations.get(sign);
  if (operation === undefined) return refuse(c, second, `there is no operator “${sign}”`);
  const trap = sign === '**' ? trapPower(first) : null;
  if (trap !== null) return refuse(c, node, trap);
  const left = c.compile(first, scope).read;
  const right = c.compile(third, scope).read;
  return scalar((frame) => operation(left(frame), right(frame), warn));
}

export function compileComparison<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const [left, operator, right] = childrenOf(node);
  if (left === undefined || operator === undefined || right === undefined)
    return refuse(c, node, 'an operand is missing');
  if (operator.name === 'in') return compileIn(c, node, scope);
  if (operator.name === 'between') return compileBetween(c, node, scope);
  if (right.name === 'SimplePositiveUnaryTest' && right.firstChild?.name === 'CompareOp') {
    return refuse(c, operator, 'equality is written with one =');
  }
  const trap = trapChain(left) ?? trapChain(right);
  if (trap !== null) return refuse(c, node, trap);
  const sign = textOf(c, operator);
  const [a, b] = [c.compile(left, scope).read, c.compile(right, scope).read];
  if (sign === '=' || sign === '!=') {
    const asking = c.environment.asking ?? ((read) => read);
    if (isNullLiteral(right)) return scalar(askMissing(sign, asking(a)));
    if (isNullLiteral(left)) return scalar(askMissing(sign, asking(b)));
  }
  return scalar(compareWith(sign, a, b, warnAt(c, node)));
}

function askMissing<Frame>(sign: '=' | '!=', read: Read<Frame>): Read<Frame> {
  return sign === '=' ? (frame) => read(frame) === null : (frame) => read(frame) !== null;
}

function compareWith<Frame>(sign: string, a: Read<Frame>, b: Read<Frame>, warn: Warn): Read<Frame> {
  switch (sign) {
    case '=':
      return (frame) => isEqual(a(frame), b(frame), warn);
    case '!=':
      return (frame) => negateTruth(isEqual(a(frame), b(frame), warn));
    case '<':
      return (frame) => isLess(a(frame), b(frame), warn);
    case '<=':
      return (frame) => isAtMost(a(frame), b(frame), warn);
    case '>':
      return (frame) => isLess(b(frame), a(frame), warn);
    default:
      return (frame) => isAtMost(b(frame), a(frame), warn);
  }
}

function negateTruth(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

/**
 *   and    true   false  null         or     true   false  null
 *   true   true   false  null         true   true   true   true
 *   false  false  false  false        false  true   false  null
 *   null   null   false  null         null   true   null   null
 *
 * The right side is not looked at when the left one decides. What is no yes-or-no counts as null, with a warning.
 */
export function compileConjunction<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  return compileLogic(c, node, scope, false);
}

export function compileDisjunction<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  return compileLogic(c, node, scope, true);
}

function compileLogic<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
  decisive: boolean,
): Code<Frame> {
  const [first, , second] = childrenOf(node);
  if (first === undefined || second === undefined) return refuse(c, node, 'an operand is missing');
  const left = c.compile(first, scope).read;
  const right = c.compile(second, scope).read;
  const [warnLeft, warnRight] = [warnAt(c, first), warnAt(c, second)];
  return scalar((frame) => {
    const a = left(frame);
    if (a === decisive) return decisive;
    const b = right(frame);
    if (b === decisive) return decisive;
    return isTruth(a, warnLeft) && isTruth(b, warnRight) ? !decisive : null;
  });
}

function isTruth(value: FeelValue, warn: Warn): boolean {
  if (typeof value === 'boolean') return true;
  if (value !== null) warn(`${nameKind(value)} stands where a yes-or-no is needed`);
  return false;
}
