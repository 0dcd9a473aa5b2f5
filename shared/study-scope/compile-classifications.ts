/** Compiles the classifications of a study. One with faults is left out of the model. */
import type { Classification, Criterion } from '../classification-definition.ts';
import type { ExpressionCompiler } from './expression-compiler.ts';
import { homeOf, type Home } from './frame.ts';
import type { Path } from './paths.ts';
import type { Placement } from './place-study.ts';
import type { ClassificationRule, PlacedClassification, PlacedCriterion } from './placed-classification.ts';

/** Node of the dependencies; no item or anchor can have such an id. */
export function classificationNode(id: string): string {
  return `classification ${id}`;
}

/** null when it can't be told: a fault. */
export function classificationHome(placement: Placement, of: Classification): Home | null {
  if (of.each === 'subject') return { kind: 'subject' };
  if (of.each === 'form') {
    const form = placement.formById.get(of.form ?? '');
    return form === undefined ? null : { kind: 'form', form };
  }
  const group = placement.groupById.get(of.group ?? '');
  return group === undefined ? null : homeOf(group);
}

export function compileClassifications(
  placement: Placement,
  compiler: ExpressionCompiler,
): readonly PlacedClassification[] {
  return placement.study.classifications
    .map((definition, position) => compileOne(placement, compiler, definition, ['classifications', position]))
    .filter((placed) => placed !== null);
}

function compileOne(
  placement: Placement,
  compiler: ExpressionCompiler,
  definition: Classification,
  path: Path,
): PlacedClassification | null {
  const home = classificationHome(placement, definition);
  if (home === null) return null;
  const node = classificationNode(definition.id);
  const locals = compiler.locals([...path, 'let'], home, definition.let, node);
  const expression: CompileExpression = (at, source) =>
    compiler.expression([...path, ...at], home, source, node, locals);
  const where = definition.where === undefined ? null : expression(['where'], definition.where);
  const rule = compileRule(placement, expression, definition);
  const isWhole = definition.where === undefined || where !== null;
  return rule === null || !isWhole ? null : { definition, home, where, rule };
}

type CompileExpression = (at: Path, source: string) => ReturnType<ExpressionCompiler['expression']>;

function compileRule(
  placement: Placement,
  expression: CompileExpression,
  { criteria, grades, codeList, otherwise, value, unit, decimals }: Classification,
): ClassificationRule | null {
  if (criteria !== undefined) {
    const criterion = compileCriterion(expression, criteria, ['criteria']);
    return criterion === null ? null : { kind: 'criteria', criterion };
  }
  if (grades !== undefined) {
    const compiled = grades.map(({ code, criterion }, position) => {
      const placed = compileCriterion(expression, criterion, ['grades', position, 'criterion']);
      return placed === null ? null : { code, criterion: placed };
    });
    const list = placement.study.codeLists.find(({ id }) => id === codeList);
    const isWhole = compiled.every((grade) => grade !== null);
    return isWhole && list !== undefined
      ? { kind: 'grades', codeList: list, grades: compiled, otherwise: otherwise ?? null }
      : null;
  }
  if (value === undefined) return null;
  const compiled = expression(['value'], value);
  return compiled === null
    ? null
    : { kind: 'value', expression: compiled, unit: unit ?? null, decimals: decimals ?? null };
}

function compileCriterion(
  expression: CompileExpression,
  { label, note, source, convention, holds, all, any, atLeast, of }: Criterion,
  path: Path,
): PlacedCriterion | null {
  const words = { label, note: note ?? null, source: source ?? null, convention: convention ?? false };
  if (holds !== undefined) {
    const compiled = expression([...path, 'holds'], holds);
    return compiled === null ? null : { ...words, kind: 'holds', expression: compiled };
  }
  const combined = combination({ all, any, atLeast, of });
  if (combined === null) return null;
  const { key, word, count, written } = combined;
  const parts = written.map((part, position) => compileCriterion(expression, part, [...path, key, position]));
  return parts.every((part) => part !== null) ? { ...words, kind: 'at-least', word, count, parts } : null;
}

interface Combination {
  readonly key: 'all' | 'any' | 'of';
  readonly word: 'all' | 'any' | 'at-least';
  readonly count: number;
  readonly written: readonly Criterion[];
}

function combination({
  all,
  any,
  atLeast,
  of,
}: Pick<Criterion, 'all' | 'any' | 'atLeast' | 'of'>): Combination | null {
  if (all !== undefined) return { key: 'all', word: 'all', count: all.length, written: all };
  if (any !== undefined) return { key: 'any', word: 'any', count: 1, written: any };
  return of === undefined || atLeast === undefined
    ? null
    : { key: 'of', word: 'at-least', count: atLeast, written: of };
}
