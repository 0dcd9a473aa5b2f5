/** Compiles every expression of a placed study and puts it where the model wants it. */
import { compile } from '../feel/compile.ts';
import { faultAt } from '../feel/fault.ts';
import type { MessagePart, PlacedCheck, StudyExpression, StudyFault, StudyModel } from '../study-model.ts';
import type { Check, Language } from '../study.ts';
import { createBareModel } from './bare-model.ts';
import { planChecks } from './check-plan.ts';
import { createDependencies, presenceOf, readsOf, type Dependencies } from './dependencies.ts';
import { environments } from './environment.ts';
import { homeOf, type Home } from './frame.ts';
import { ambiguity } from './locate.ts';
import { splitMessage } from './message.ts';
import type { Placement } from './place-study.ts';
import { checkHome, itemPath, type Path } from './paths.ts';
import { placeholder } from './placeholder.ts';

/** An expression as it is written, and where: what the faults of references and circles are looked for in. */
export interface WrittenExpression {
  readonly path: Path;
  readonly home: Home;
  readonly source: string;
  /** Where the expression starts in the text at `path`; not 0 in messages. */
  readonly at: number;
  readonly text: string;
  /** The item or anchor that rests on it; null for checks. */
  readonly node: string | null;
}

export interface CompiledStudy {
  readonly model: StudyModel;
  readonly faults: readonly StudyFault[];
  readonly written: readonly WrittenExpression[];
  readonly dependencies: Dependencies;
}

export function compileStudy(placement: Placement): CompiledStudy {
  const faults: StudyFault[] = [];
  const written: WrittenExpression[] = [];
  const model = createBareModel(placement);
  const environmentOf = environments(model);

  const compileAt = (
    path: Path,
    home: Home,
    text: string,
    node: string | null,
    source = text,
    at = 0,
  ): StudyExpression | null => {
    written.push({ path, home, source, at, text, node });
    const { environment, ambiguous } = environmentOf(home);
    const compiled = compile(source, environment);
    if (compiled.ok) return compiled.expression;
    for (const fault of compiled.faults) {
      const placed = model.item(source.slice(fault.from, fault.to));
      const message =
        placed !== undefined && ambiguous.has(placed.item.id) ? ambiguity(placed) : fault.message;
      const { line, column } = faultAt(text, at + fault.from, at + fault.to, message);
      faults.push({ path, message, line, column });
    }
    return null;
  };
  const compileMessage = (path: Path, home: Home, text: string): readonly MessagePart[] | null => {
    const split = splitMessage(text);
    if (!split.ok) {
      const { line, column } = faultAt(text, split.at, split.at + 1, '');
      faults.push({ path, message: 'a { is opened and not closed', line, column });
      return null;
    }
    const parts = split.parts.map((part): MessagePart | null => {
      if (part.kind === 'words') return part;
      const expression = compileAt(path, home, text, null, part.source, part.at);
      return expression === null
        ? null
        : { kind: 'value', expression, ...placeholder(model, home, part.source.trim()) };
    });
    return parts.every((part) => part !== null) ? parts : null;
  };

  placement.anchors.forEach((placed, order) => {
    placed.expression = compileAt(
      ['anchors', order, 'expression'],
      { kind: 'subject' },
      placed.anchor.expression,
      placed.anchor.id,
    );
  });
  for (const placed of placement.groups) {
    const { shown } = placed.group;
    const path: Path = ['forms', placed.home.order, 'groups', placed.position, 'shown'];
    if (shown !== undefined) placed.shown = compileAt(path, { kind: 'form', form: placed.home }, shown, null);
  }
  for (const placed of placement.items) {
    const home = homeOf(placed.home);
    const { id, shown, required, expression } = placed.item;
    if (shown !== undefined) placed.shown = compileAt(itemPath(placed, 'shown'), home, shown, id);
    if (expression !== undefined)
      placed.expression = compileAt(itemPath(placed, 'expression'), home, expression, id);
    if (required !== undefined && required !== 'always')
      placed.required = compileAt(itemPath(placed, 'required'), home, required, null);
  }

  const dependencies = createDependencies(placement, sourcesByNode(placement, written));
  for (const placed of placement.items) {
    const { id, required } = placed.item;
    const duty =
      required === undefined || required === 'always'
        ? []
        : readsOf(placement, homeOf(placed.home), required);
    placed.dependsOn = dependencies.itemsBehind([id, ...duty]);
  }
  const compileCheck = (check: Check, order: number): PlacedCheck | null => {
    const home = checkHome(placement, check);
    if (home === null) return null;
    const fires = compileAt(['checks', order, 'fires'], home, check.fires, null);
    const inLanguage = (language: Language): readonly MessagePart[] | null =>
      compileMessage(['checks', order, 'message', language], home, check.message[language]);
    const en = inLanguage('en');
    const fr = inLanguage('fr');
    if (fires === null || en === null || fr === null) return null;
    const sources = [check.fires, ...[check.message.en, check.message.fr].flatMap(expressionsIn)];
    const nodes = sources.flatMap((source) => [
      ...readsOf(placement, home, source),
      ...presenceOf(placement, source),
    ]);
    return {
      check,
      order,
      fires,
      message: { en, fr },
      dependsOn: dependencies.itemsBehind(nodes),
      about:
        home.kind === 'row'
          ? home.group.home
          : home.kind === 'form'
            ? home.form
            : (placement.itemById.get(check.items[0] ?? '')?.home.home ?? null),
      items: check.items.map((id) => model.item(id)).filter((placed) => placed !== undefined),
      phases: new Set(check.phases),
      events: check.events === undefined ? null : new Set(check.events),
    };
  };
  model.checks = placement.study.checks.map(compileCheck).filter((check) => check !== null);
  model.plan = planChecks(placement, model.checks);
  model.affectedBy = (item) => dependencies.affectedBy(item);
  return { model, faults, written, dependencies };
}

function expressionsIn(message: string): readonly string[] {
  const split = splitMessage(message);
  return split.ok ? split.parts.flatMap((part) => (part.kind === 'expression' ? [part.source] : [])) : [];
}

/** A group's condition counts as one of each of its items. */
function sourcesByNode(
  placement: Placement,
  written: readonly WrittenExpression[],
): ReadonlyMap<string, readonly WrittenExpression[]> {
  const sources = new Map<string, WrittenExpression[]>();
  for (const { anchor } of placement.anchors) sources.set(anchor.id, []);
  for (const placed of placement.items) {
    const { shown } = placed.group;
    const home: Home = { kind: 'form', form: placed.home.home };
    const ofGroup =
      shown === undefined
        ? []
        : [
            {
              path: itemPath(placed, 'shown'),
              home,
              source: shown,
              at: 0,
              text: shown,
              node: placed.item.id,
            },
          ];
    sources.set(placed.item.id, ofGroup);
  }
  for (const expression of written)
    if (expression.node !== null) sources.get(expression.node)?.push(expression);
  return sources;
}
