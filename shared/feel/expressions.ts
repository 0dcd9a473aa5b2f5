/** One entry for each kind of node in the syntax tree. */
import type { SyntaxNode } from '@lezer/common';
import { compileCall, compileDateTime } from './calls.ts';
import { childrenOf, literal, refuse, textOf, type Code, type Compilation, type Scope } from './code.ts';
import { compileFilter } from './filter.ts';
import { compileFor, compileQuantified } from './loops.ts';
import { compileInstanceOf } from './instance-of.ts';
import { compileInterval } from './membership.ts';
import { compileName, compilePath } from './names.ts';
import { compileArithmetic, compileComparison, compileConjunction, compileDisjunction } from './operators.ts';
import { readStringLiteral } from './string-literal.ts';
import { commonShape, compileContext, compileList } from './structures.ts';

export function compileNode<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  switch (node.name) {
    case 'NumericLiteral':
      return literal(Number(textOf(c, node).replace(/\s+/gu, '')));
    case 'StringLiteral':
      return literal(readStringLiteral(textOf(c, node)));
    case 'BooleanLiteral':
      return literal(textOf(c, node) === 'true');
    case 'null':
      return literal(null);
    case 'VariableName':
      return compileName(c, node, scope);
    case 'PathExpression':
      return compilePath(c, node, scope);
    case 'ParenthesizedExpression':
      return compileInner(c, node, scope);
    case 'ArithmeticExpression':
      return compileArithmetic(c, node, scope);
    case 'Comparison':
      return compileComparison(c, node, scope);
    case 'Conjunction':
      return compileConjunction(c, node, scope);
    case 'Disjunction':
      return compileDisjunction(c, node, scope);
    case 'IfExpression':
      return compileIf(c, node, scope);
    case 'ForExpression':
      return compileFor(c, node, scope);
    case 'QuantifiedExpression':
      return compileQuantified(c, node, scope);
    case 'FilterExpression':
      return compileFilter(c, node, scope);
    case 'FunctionInvocation':
      return compileCall(c, node, scope);
    case 'DateTimeLiteral':
      return compileDateTime(c, node, scope);
    case 'InstanceOfExpression':
      return compileInstanceOf(c, node, scope);
    case 'List':
      return compileList(c, node, scope);
    case 'Context':
      return compileContext(c, node, scope);
    case 'SimplePositiveUnaryTest':
      return compileInterval(c, node, scope);
    case 'FunctionDefinition':
      return refuse(
        c,
        node,
        'a function can only be written as the second argument of sort(list, function(a, b) a < b)',
      );
    default:
      return refuse(c, node, `“${textOf(c, node).slice(0, 40)}” is not supported in an expression`);
  }
}

function compileInner<Frame>(c: Compilation<Frame>, node: SyntaxNode, scope: Scope | null): Code<Frame> {
  const inner = childrenOf(node)[1];
  return inner === undefined
    ? refuse(c, node, 'something is missing between the parentheses')
    : c.compile(inner, scope);
}

/** Anything but true, null above all, takes the else branch. */
function compileIf<Frame>(c: Compilation<Frame>, node: SyntaxNode, scope: Scope | null): Code<Frame> {
  const [, condition, , consequence, , alternative] = childrenOf(node);
  if (condition === undefined || consequence === undefined || alternative === undefined) {
    return refuse(c, node, '“if” needs “then” and “else”');
  }
  const test = c.compile(condition, scope).read;
  const then = c.compile(consequence, scope);
  const otherwise = c.compile(alternative, scope);
  const [readThen, readElse] = [then.read, otherwise.read];
  const shape = commonShape([then.shape, otherwise.shape]);
  return { read: (frame) => (test(frame) === true ? readThen(frame) : readElse(frame)), shape };
}
