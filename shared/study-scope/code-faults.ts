/**
 * Comparisons with codes that can never hold: a code that is not in the item's list, a number where codes are texts,
 * a multiple choice compared as if it were one code. Each would be silently false or null for ever.
 */
import type { SyntaxNode } from '@lezer/common';
import { faultAt } from '../feel/fault.ts';
import { parse } from '../feel/syntax.ts';
import type { PlacedItem, StudyFault } from '../study-model.ts';
import type { WrittenExpression } from './expression-compiler.ts';
import type { Placement } from './place-study.ts';

/** Functions whose result is a value of the item that they are given, or a list of them. */
const picking: ReadonlySet<string> = new Set([
  'previous',
  'next',
  'before',
  'at_or_before',
  'nearest',
  'in_event',
  'all',
  'all_in',
  'first',
  'last',
  'coalesce',
]);

export function findCodeFaults(placement: Placement, written: WrittenExpression): readonly StudyFault[] {
  const parsed = parse(written.source);
  if (!parsed.ok) return [];
  const faults: StudyFault[] = [];
  const report = (node: SyntaxNode, message: string): void => {
    const { line, column } = faultAt(written.text, written.at + node.from, written.at + node.to, message);
    faults.push({ path: written.path, message, line, column });
  };
  const textOf = (node: SyntaxNode): string => written.source.slice(node.from, node.to);

  const codedItem = (node: SyntaxNode | undefined): PlacedItem | null => {
    if (node === undefined) return null;
    if (node.name === 'VariableName' || node.name === 'PathName')
      return coded(placement.itemById.get(textOf(node)));
    if (node.name === 'PathExpression') return codedItem(node.lastChild ?? undefined);
    if (node.name !== 'FunctionInvocation') return null;
    const [name, ...rest] = children(node);
    if (name === undefined || !picking.has(textOf(name))) return null;
    return codedItem(rest.flatMap((part) => (part.name === 'PositionalParameters' ? children(part) : []))[0]);
  };
  const checkLiterals = (placed: PlacedItem, node: SyntaxNode): void => {
    const known = placed.codeList;
    if (known === null) return;
    for (const literal of literalsIn(node)) {
      if (literal.name === 'NumericLiteral') {
        report(literal, `codes are texts: compare ${placed.item.id} with "${textOf(literal)}"`);
        continue;
      }
      const code = textOf(literal).slice(1, -1);
      if (known.codes.some((entry) => entry.code === code)) continue;
      report(
        literal,
        `"${code}" is not a code of ${placed.item.id}; its list ${known.id} has ${known.codes.map((entry) => `"${entry.code}"`).join(', ')}`,
      );
    }
  };
  const checkComparison = (node: SyntaxNode): void => {
    const [left, ...others] = children(node);
    const right = others.at(-1);
    const onLeft = codedItem(left);
    const onRight = codedItem(right);
    if (left === undefined || right === undefined) return;
    const isSingle = left.name === 'VariableName' || right.name === 'VariableName';
    const literals = onLeft === null ? literalsIn(left) : others.flatMap(literalsIn);
    const placed = onLeft ?? onRight;
    if (placed === null || literals.length === 0) return;
    if (isSingle && placed.item.type === 'multiple-choice') {
      report(
        node,
        `${placed.item.id} is a multiple choice, a list of codes: write list contains(${placed.item.id}, "…")`,
      );
      return;
    }
    for (const part of onLeft === null ? [left] : others) checkLiterals(placed, part);
  };
  const visit = (node: SyntaxNode): void => {
    const parts = children(node);
    if (node.name === 'Comparison') checkComparison(node);
    const [name, ...rest] = parts;
    if (node.name === 'FunctionInvocation' && name !== undefined && textOf(name) === 'list contains') {
      const [list, code] = rest.flatMap((part) =>
        part.name === 'PositionalParameters' ? children(part) : [],
      );
      const placed = codedItem(list);
      if (placed !== null && code !== undefined) checkLiterals(placed, code);
    }
    for (const part of parts) visit(part);
  };
  visit(parsed.root);
  return faults;
}

function coded(placed: PlacedItem | undefined): PlacedItem | null {
  return placed === undefined || placed.codeList === null ? null : placed;
}

/** Literals that the node is, or lists; not those deeper inside other expressions. */
function literalsIn(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.name) {
    case 'StringLiteral':
    case 'NumericLiteral':
      return [node];
    case 'List':
    case 'ParenthesizedExpression':
    case 'PositiveUnaryTest':
    case 'PositiveUnaryTests':
      return children(node).flatMap(literalsIn);
    default:
      return [];
  }
}

function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}
