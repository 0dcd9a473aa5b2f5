/** Compiles every expression of a placed study and puts it where the model wants it. */
import type { PlacedCheck, PlacedForm, StudyFault, StudyModel } from '../study-model.ts';
import type { Check } from '../study.ts';
import { createBareModel } from './bare-model.ts';
import { compileAids } from './compile-aids.ts';
import { planChecks } from './check-plan.ts';
import { classificationNode, compileClassifications } from './compile-classifications.ts';
import { createDependencies, type Behind, type Dependencies, type Sources } from './dependencies.ts';
import {
  createExpressionCompiler,
  type ExpressionCompiler,
  type WrittenExpression,
} from './expression-compiler.ts';
import { compileTables } from './compile-tables.ts';
import { homeOf, type Home } from './frame.ts';
import { splitMessage } from './message.ts';
import { checkHome, itemPath } from './paths.ts';
import type { Placement } from './place-study.ts';

export interface CompiledStudy {
  readonly model: StudyModel;
  readonly faults: readonly StudyFault[];
  readonly written: readonly WrittenExpression[];
  readonly dependencies: Dependencies;
}

export function compileStudy(placement: Placement): CompiledStudy {
  const model = createBareModel(placement);
  const compiler = createExpressionCompiler(model);
  compilePlaced(placement, compiler);
  model.classifications = compileClassifications(placement, compiler);
  const dependencies = createDependencies(placement, sourcesOf(placement, compiler.written));
  for (const placed of placement.items) {
    const { id, required } = placed.item;
    const duty = required === undefined || required === 'always' ? [] : [required];
    Object.assign(placed, whatBehind(dependencies, homeOf(placed.home), duty, [id]));
  }
  model.checks = placement.study.checks
    .map((check, order) => compileCheck(placement, compiler, dependencies, check, order))
    .filter((check) => check !== null);
  model.plan = planChecks(placement, model.checks);
  model.tables = compileTables(placement, compiler, dependencies);
  model.affectedBy = dependencies.affectedBy;
  const aids = compileAids(placement, compiler);
  model.aid = (item) => aids.get(item);
  return { model, faults: compiler.faults, written: compiler.written, dependencies };
}

/** Anchors, groups and items. */
function compilePlaced(placement: Placement, compiler: ExpressionCompiler): void {
  placement.anchors.forEach((placed, order) => {
    const { id, expression } = placed.anchor;
    placed.expression = compiler.expression(
      ['anchors', order, 'expression'],
      { kind: 'subject' },
      expression,
      id,
    );
  });
  for (const placed of placement.groups) {
    const { shown } = placed.group;
    const path = ['forms', placed.home.order, 'groups', placed.position, 'shown'];
    if (shown !== undefined)
      placed.shown = compiler.expression(path, { kind: 'form', form: placed.home }, shown);
  }
  for (const placed of placement.items) {
    const home = homeOf(placed.home);
    const { id, shown, required, expression } = placed.item;
    if (shown !== undefined) placed.shown = compiler.expression(itemPath(placed, 'shown'), home, shown, id);
    if (expression !== undefined)
      placed.expression = compiler.expression(itemPath(placed, 'expression'), home, expression, id);
    if (required !== undefined && required !== 'always')
      placed.required = compiler.expression(itemPath(placed, 'required'), home, required);
  }
}

/** null when it has faults: it is left out of the model. */
function compileCheck(
  placement: Placement,
  compiler: ExpressionCompiler,
  dependencies: Dependencies,
  check: Check,
  order: number,
): PlacedCheck | null {
  const home = checkHome(placement, check);
  if (home === null) return null;
  const fires = compiler.expression(['checks', order, 'fires'], home, check.fires);
  const en = compiler.message(['checks', order, 'message', 'en'], home, check.message.en);
  const fr = compiler.message(['checks', order, 'message', 'fr'], home, check.message.fr);
  if (fires === null || en === null || fr === null) return null;
  const items = check.items.map((id) => placement.itemById.get(id)).filter((placed) => placed !== undefined);
  const sources = [check.fires, ...expressionsIn(check.message.en), ...expressionsIn(check.message.fr)];
  return {
    check,
    order,
    fires,
    message: { en, fr },
    ...whatBehind(dependencies, home, sources, []),
    items,
    about: formOf(home) ?? items[0]?.home.home ?? null,
    phases: new Set(check.phases),
    events: check.events === undefined ? null : new Set(check.events),
  };
}

function formOf(home: Home): PlacedForm | null {
  if (home.kind === 'row') return home.group.home;
  return home.kind === 'form' ? home.form : null;
}

function expressionsIn(message: string): readonly string[] {
  const split = splitMessage(message);
  return split.ok ? split.parts.flatMap((part) => (part.kind === 'expression' ? [part.source] : [])) : [];
}

/** What the expressions, and the given items, rest on. */
function whatBehind(
  dependencies: Dependencies,
  home: Home,
  sources: readonly string[],
  given: readonly string[],
): Pick<PlacedCheck, 'dependsOn' | 'dependsAfarOn' | 'readsClock'> {
  const behind: Behind = dependencies.behind(
    sources.map((source) => ({ home, source })),
    given,
  );
  return { dependsOn: behind.items, dependsAfarOn: behind.itemsAfar, readsClock: behind.readsClock };
}

/** What each item, anchor and classification rests on; the condition of a group counts as one of each of its items. */
function sourcesOf(placement: Placement, written: readonly WrittenExpression[]): Sources {
  const sources = new Map<string, { readonly home: Home; readonly source: string }[]>();
  for (const { anchor } of placement.anchors) sources.set(anchor.id, []);
  for (const { id } of placement.study.classifications) sources.set(classificationNode(id), []);
  for (const { item, group, home } of placement.items) {
    const ofGroup =
      group.shown === undefined
        ? []
        : [{ home: { kind: 'form' as const, form: home.home }, source: group.shown }];
    sources.set(item.id, ofGroup);
  }
  for (const { node, home, source } of written) if (node !== null) sources.get(node)?.push({ home, source });
  return sources;
}
