/**
 * Within which limits a number has to lie, read out of its bounds and of the checks that look at it: what a person
 * wants beside a dose before a finding says that it was passed.
 *
 *   dose > 10 or dose < 1                     1 to 10
 *   gkg < 0.8 or gkg > 1.2 and gkg < 1.8 …    0.8 to 1.2, or 1.8 to 2.2
 *   mpeq > 30 or total > 1000                 at most 30 (what the check says of other items is left out)
 *   dose > 2 * previous(dose)                 none: it rests on more than the number itself
 */
import type { SyntaxNode } from '@lezer/common';
import { compile, type Read } from './feel/compile.ts';
import { parse } from './feel/syntax.ts';
import type { Bounds, Item, Severity, Study } from './study.ts';

/** From min to max; an end that is null is open. */
export interface Stretch {
  readonly min: number | null;
  readonly max: number | null;
  readonly minIncluded: boolean;
  readonly maxIncluded: boolean;
}
export interface Limit {
  /** Id of the check, or of the rule of the item's own bounds ("vs_wt.hard"). */
  readonly check: string;
  readonly severity: Severity;
  readonly stretches: readonly Stretch[];
  readonly convention: boolean;
}

/** In the order of their severity, hard ones first. */
export function limitsOf(study: Study, item: Item): readonly Limit[] {
  const ofChecks = study.checks.flatMap((check): readonly Limit[] => {
    const stretches = check.items.includes(item.id) ? stretchesOf(check.fires, item.id) : null;
    const { id, severity, convention = false } = check;
    return stretches === null ? [] : [{ check: id, severity, stretches, convention }];
  });
  const ofBounds = (['hard', 'soft'] as const).flatMap((severity): readonly Limit[] => {
    const bounds = item[severity];
    const isTold = ofChecks.some((limit) => limit.check === bounds?.check);
    return bounds === undefined || isTold
      ? []
      : [
          {
            check: `${item.id}.${severity}`,
            severity,
            stretches: [toStretch(bounds)],
            convention: item.convention ?? false,
          },
        ];
  });
  const order: readonly Severity[] = ['hard', 'soft', 'information'];
  return [...ofBounds, ...ofChecks].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

export function isWithin(number: number, { stretches }: Pick<Limit, 'stretches'>): boolean {
  return stretches.some(
    ({ min, max, minIncluded, maxIncluded }) =>
      (min === null || number > min || (minIncluded && number === min)) &&
      (max === null || number < max || (maxIncluded && number === max)),
  );
}

function toStretch({ min, max }: Bounds): Stretch {
  return { min: min ?? null, max: max ?? null, minIncluded: true, maxIncluded: true };
}

/** Where none of the alternatives that look at this number alone is met; null when there is no such alternative. */
function stretchesOf(fires: string, id: string): readonly Stretch[] | null {
  const parsed = parse(fires);
  if (!parsed.ok) return null;
  const alternatives = alternativesIn(parsed.root)
    .filter(onlyCompares)
    .flatMap((node) => readAlone(fires.slice(node.from, node.to), id) ?? []);
  const isMet = (number: number): boolean => alternatives.some((read) => read(number) === true);
  const marks = [...new Set(literalsIn(parsed.root, fires))].sort((a, b) => a - b);
  return alternatives.length === 0 || marks.length === 0 ? null : freeStretches(marks, isMet);
}

function alternativesIn(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.name === 'ParenthesizedExpression' || node.name === 'Disjunction')
    return childrenOf(node).flatMap(alternativesIn);
  return [node];
}

const comparing = new Set(['Comparison', 'Conjunction', 'ParenthesizedExpression']);
const plain = new Set([
  'VariableName',
  'NumericLiteral',
  'Identifier',
  'CompareOp',
  'ArithOp',
  'and',
  'between',
]);

/** Between two of its literals a condition of this shape does not change. */
function onlyCompares(node: SyntaxNode): boolean {
  return (
    (comparing.has(node.name) || plain.has(node.name) || node.name === '(' || node.name === ')') &&
    childrenOf(node).every(onlyCompares)
  );
}

/** Compiled with no other name than this one: what rests on anything else is refused, and left out. */
function readAlone(source: string, id: string): Read<number> | null {
  const compiled = compile<number>(source, {
    resolve: (name) => (name === id ? (number) => number : null),
    special: new Map(),
  });
  return compiled.ok && compiled.expression.names.has(id) ? compiled.expression.read : null;
}

function literalsIn(node: SyntaxNode, source: string): readonly number[] {
  return node.name === 'NumericLiteral'
    ? [Number(source.slice(node.from, node.to))]
    : childrenOf(node).flatMap((child) => literalsIn(child, source));
}

/** The conditions are asked at each mark and once in each gap; neighbouring free pieces are one stretch. */
function freeStretches(marks: readonly number[], isMet: (number: number) => boolean): readonly Stretch[] {
  const free: Stretch[] = [];
  let open: Stretch | null = null;
  const close = (max: number | null, maxIncluded: boolean): void => {
    if (open !== null) free.push({ ...open, max, maxIncluded });
    open = null;
  };
  const isGapFree = (before: number): boolean => {
    const low = marks[before - 1];
    const high = marks[before];
    if (low === undefined) return !isMet((high ?? 0) - 1);
    return !isMet(high === undefined ? low + 1 : (low + high) / 2);
  };
  if (isGapFree(0)) open = { min: null, minIncluded: false, max: null, maxIncluded: false };
  marks.forEach((mark, position) => {
    if (isMet(mark)) close(mark, false);
    else open ??= { min: mark, minIncluded: true, max: null, maxIncluded: false };
    if (!isGapFree(position + 1)) close(mark, true);
    else open ??= { min: mark, minIncluded: false, max: null, maxIncluded: false };
  });
  close(null, false);
  return free;
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}
