/**
 * What rests on what. Nodes are the ids of items and anchors, and classifications; an item reads what its condition, its
 * group's condition, its formula and its parts read.
 */
import type { PlacedForm, PlacedItem } from '../study-model.ts';
import { classificationFunctions } from './classification-form.ts';
import { classificationNode } from './compile-classifications.ts';
import type { Home } from './frame.ts';
import type { Placement } from './place-study.ts';
import { windowNames } from './scope-names.ts';
import { namesIn, type SourceNames } from './source-names.ts';

const overTime: readonly string[] = [
  'all',
  'all_in',
  'in_event',
  'previous',
  'next',
  'before',
  'at_or_before',
  'nearest',
  'rows',
  'alike',
  'results',
  'results_in',
  'last_result',
];

/** Functions whose answer rests on forms as a whole. */
const overForms: readonly string[] = ['has_values', 'form_state'];

/** The node for the moment at which expressions are evaluated. */
const clock = 'now()';

export interface Dependencies {
  /** node → the nodes whose values it reads itself: what must not go round in a circle. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
  /** What expressions written at these places rest on, directly or not, `given` items included. */
  behind(written: readonly Written[], given: readonly string[]): Behind;
  /** All items that rest on this one, itself included. */
  affectedBy(item: string): ReadonlySet<string>;
}

export interface Written {
  readonly home: Home;
  readonly source: string;
}

export interface Behind {
  readonly items: ReadonlySet<string>;
  /** Those of the items that are read beyond the row that the expression is about and the head of its form. */
  readonly itemsAfar: ReadonlySet<string>;
  readonly readsClock: boolean;
}

/** Nodes that an expression reads. */
export function readsOf(placement: Placement, home: Home, source: string): ReadonlySet<string> {
  const found = namesIn(source);
  const isOverTime = overTime.some((name) => found.names.has(name));
  const reads = new Set<string>();
  const add = (placed: PlacedItem | null | undefined): void => {
    if (placed !== null && placed !== undefined) reads.add(placed.item.id);
  };
  for (const name of found.names) {
    const placed = placement.itemById.get(name);
    add(placed);
    if (isOverTime) add(placed?.home.time);
    if (found.names.has('rows')) add(placement.groupById.get(name)?.time);
    if (name === 'at' && home.kind === 'row') add(home.group.time);
    if (name === 'now' || name === 'today') reads.add(clock);
    if (placement.anchors.some((anchor) => anchor.anchor.id === name)) reads.add(name);
  }
  if (classificationFunctions.some((name) => found.names.has(name)))
    for (const { id } of placement.study.classifications)
      if (found.texts.has(id)) reads.add(classificationNode(id));
  if (windowNames.some((name) => found.names.has(name)))
    for (const anchor of anchorsOf(placement, home)) reads.add(anchor);
  return reads;
}

/** Nodes that an expression reads in its own row or in the head of its own form, and in no other place. */
function nearReadsOf(placement: Placement, { home, source }: Written): ReadonlySet<string> {
  const { names } = namesIn(source);
  if ([...overTime, ...overForms].some((name) => names.has(name))) return new Set();
  const near = [...readsOf(placement, home, source)].filter((node) => {
    const placed = placement.itemById.get(node);
    if (placed === undefined) return isClassificationOf(placement, home, node);
    if (home.kind === 'row' && home.group === placed.home) return true;
    const form = home.kind === 'row' ? home.group.home : home.kind === 'form' ? home.form : null;
    return form === placed.home.home && !placed.group.repeating;
  });
  return new Set(near);
}

/** One of the same rows, or of the same form, reads no other. */
function isClassificationOf(placement: Placement, home: Home, node: string): boolean {
  const of = placement.study.classifications.find(({ id }) => classificationNode(id) === node);
  if (of === undefined || home.kind === 'subject' || home.kind === 'value') return false;
  if (of.each === 'row') return home.kind === 'row' && home.group.group.id === of.group;
  const form = home.kind === 'row' ? home.group.home : home.form;
  return of.each === 'form' && form.form.id === of.form;
}

/**
 * Items of which it counts whether they are answered at all: rows(G) has a row for any of them, has_values("F") too.
 * A calculated value makes no row.
 */
export function presenceOf(placement: Placement, source: string): ReadonlySet<string> {
  const found = namesIn(source);
  const groups = found.names.has('rows')
    ? [...found.names].map((name) => placement.groupById.get(name)?.items ?? []).flat()
    : [];
  return new Set(
    [...groups, ...formsNamed(placement, found).flatMap((form) => form.items)]
      .filter((placed) => placed.item.type !== 'calculated')
      .map((placed) => placed.item.id),
  );
}

export type Sources = ReadonlyMap<string, readonly Written[]>;

export function createDependencies(placement: Placement, sources: Sources): Dependencies {
  const reads = new Map<string, ReadonlySet<string>>();
  const restsOn = new Map<string, ReadonlySet<string>>();
  const near = new Map<string, ReadonlySet<string>>();
  for (const [node, expressions] of sources) {
    const parts = Object.values(placement.itemById.get(node)?.item.parts ?? {}).filter(
      (id) => id !== undefined,
    );
    const own = split(placement, expressions);
    reads.set(node, new Set([...parts, ...own.reads]));
    restsOn.set(node, new Set([...parts, ...own.reads, ...own.presence]));
    near.set(node, new Set([...parts, ...own.near]));
  }
  const readers = reversed(restsOn);
  const onlyItems = (nodes: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...nodes].filter((node) => placement.itemById.has(node)));
  const afar = (node: string): readonly string[] =>
    [...(restsOn.get(node) ?? [])].filter((read) => near.get(node)?.has(read) !== true);
  const affected = new Map<string, ReadonlySet<string>>();
  return {
    reads,
    behind: (written, given) => {
      const own = split(placement, written);
      const all = closure(restsOn, [...given, ...own.reads, ...own.presence]);
      const around = closure(near, [...given, ...own.near]);
      const first = [...own.reads, ...own.presence].filter((node) => !own.near.has(node));
      const far = closure(restsOn, [...first, ...[...around].flatMap(afar)]);
      return { items: onlyItems(all), itemsAfar: onlyItems(far), readsClock: all.has(clock) };
    },
    affectedBy: (item) => {
      const known = affected.get(item) ?? onlyItems(closure(readers, [item]));
      affected.set(item, known);
      return known;
    },
  };
}

/** A node that one of the expressions reads afar is not near, wherever the others read it. */
function split(
  placement: Placement,
  written: readonly Written[],
): {
  readonly reads: ReadonlySet<string>;
  readonly presence: ReadonlySet<string>;
  readonly near: ReadonlySet<string>;
} {
  const each = written.map((one) => ({
    reads: readsOf(placement, one.home, one.source),
    near: nearReadsOf(placement, one),
    presence: presenceOf(placement, one.source),
  }));
  const far = new Set(
    each.flatMap(({ reads, near, presence }) => [
      ...[...reads].filter((node) => !near.has(node)),
      ...presence,
    ]),
  );
  return {
    reads: new Set(each.flatMap(({ reads }) => [...reads])),
    presence: new Set(each.flatMap(({ presence }) => [...presence])),
    near: new Set(each.flatMap(({ near }) => [...near].filter((node) => !far.has(node)))),
  };
}

/** Every circle of nodes once, as the chain "a → b → a", with the node that it was found from. */
export function findCycles(reads: Dependencies['reads']): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = [];
  const done = new Set<string>();
  const chain: string[] = [];
  const visit = (node: string): void => {
    const start = chain.indexOf(node);
    if (start !== -1) {
      cycles.push([...chain.slice(start), node]);
      return;
    }
    if (done.has(node)) return;
    chain.push(node);
    for (const read of reads.get(node) ?? []) visit(read);
    chain.pop();
    done.add(node);
  };
  for (const node of reads.keys()) visit(node);
  return cycles;
}

function formsNamed(placement: Placement, found: SourceNames): readonly PlacedForm[] {
  if (!found.names.has('has_values')) return [];
  const named = placement.forms.filter((form) => found.texts.has(form.form.id));
  return named.length > 0 ? named : placement.forms;
}

function anchorsOf(placement: Placement, home: Home): readonly string[] {
  const form = home.kind === 'row' ? home.group.home : home.kind === 'form' ? home.form : null;
  const events = placement.study.events.filter((event) => form === null || form.events.includes(event.id));
  return events.flatMap((event) => (event.anchor === undefined ? [] : [event.anchor]));
}

function closure(
  edges: ReadonlyMap<string, ReadonlySet<string>>,
  from: Iterable<string>,
): ReadonlySet<string> {
  const reached = new Set<string>(from);
  // A set that grows while it is walked is walked to its end.
  for (const node of reached) for (const next of edges.get(node) ?? []) reached.add(next);
  return reached;
}

function reversed(edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, ReadonlySet<string>> {
  const back = new Map<string, Set<string>>();
  for (const [from, targets] of edges) {
    for (const target of targets) {
      const sources = back.get(target) ?? new Set<string>();
      back.set(target, sources);
      sources.add(from);
    }
  }
  return back;
}
