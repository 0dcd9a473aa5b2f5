/**
 * What rests on what. Nodes are the ids of items and anchors; an item reads what its condition, its group's condition,
 * its formula and its parts read.
 */
import type { PlacedForm, PlacedItem } from '../study-model.ts';
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
];

export interface Dependencies {
  /** node → the nodes whose values it reads itself: what must not go round in a circle. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
  /** All items that these nodes rest on, directly or not; the items among them included. */
  itemsBehind(nodes: Iterable<string>): ReadonlySet<string>;
  /** All items that rest on this one, itself included. */
  affectedBy(item: string): ReadonlySet<string>;
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
    if (placement.anchors.some((anchor) => anchor.anchor.id === name)) reads.add(name);
  }
  if (windowNames.some((name) => found.names.has(name)))
    for (const anchor of anchorsOf(placement, home)) reads.add(anchor);
  return reads;
}

/** Items of which it counts whether they are answered at all: rows(G) has a row for any of them, has_values("F") too. */
export function presenceOf(placement: Placement, source: string): ReadonlySet<string> {
  const found = namesIn(source);
  const groups = found.names.has('rows')
    ? [...found.names].map((name) => placement.groupById.get(name)?.items ?? []).flat()
    : [];
  return new Set(
    [...groups, ...formsNamed(placement, found).flatMap((form) => form.items)].map(
      (placed) => placed.item.id,
    ),
  );
}

export type Sources = ReadonlyMap<string, readonly { readonly home: Home; readonly source: string }[]>;

export function createDependencies(placement: Placement, sources: Sources): Dependencies {
  const reads = new Map<string, ReadonlySet<string>>();
  const restsOn = new Map<string, ReadonlySet<string>>();
  for (const [node, expressions] of sources) {
    const parts = Object.values(placement.itemById.get(node)?.item.parts ?? {}).filter(
      (id) => id !== undefined,
    );
    const own = new Set([
      ...parts,
      ...expressions.flatMap(({ home, source }) => [...readsOf(placement, home, source)]),
    ]);
    reads.set(node, own);
    restsOn.set(
      node,
      new Set([...own, ...expressions.flatMap(({ source }) => [...presenceOf(placement, source)])]),
    );
  }
  const readers = reversed(restsOn);
  const onlyItems = (nodes: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...nodes].filter((node) => placement.itemById.has(node)));
  const affected = new Map<string, ReadonlySet<string>>();
  return {
    reads,
    itemsBehind: (nodes) => onlyItems(closure(restsOn, nodes)),
    affectedBy: (item) => {
      const known = affected.get(item) ?? onlyItems(closure(readers, [item]));
      affected.set(item, known);
      return known;
    },
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
