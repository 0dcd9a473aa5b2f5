/** What is different between two versions of a study definition, one line for each thing that has an id. */
import { canonicalJson } from '../audit/canonical-json.ts';
import type { Item, Study, Text } from '../study.ts';

export const definitionParts = [
  'event',
  'form',
  'group',
  'item',
  'codeList',
  'code',
  'check',
  'analyte',
  'growthReference',
  'lookup',
  'classification',
  'aid',
  'table',
  'picture',
  'anchor',
  'study',
] as const;
export type DefinitionPart = (typeof definitionParts)[number];

export interface DefinitionChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly part: DefinitionPart;
  /** Of codes: list and code with a point between; of groups and items: their own. */
  readonly id: string;
  readonly name: Text | null;
  /** The keys of the definition that differ; empty unless changed. */
  readonly aspects: readonly string[];
}

interface Described {
  readonly part: DefinitionPart;
  readonly id: string;
  readonly name: Text | null;
  /** What counts as the thing itself; what it contains is compared on its own. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** In the order of the newer definition, what was removed last. */
export function compareStudies(before: Study, after: Study): readonly DefinitionChange[] {
  const old = byKey(describe(before));
  const now = byKey(describe(after));
  const kept = [...now].flatMap(([key, described]): readonly DefinitionChange[] => {
    const { part, id, name } = described;
    const earlier = old.get(key);
    if (earlier === undefined) return [{ kind: 'added', part, id, name, aspects: [] }];
    const aspects = differing(earlier.own, described.own);
    return aspects.length === 0 ? [] : [{ kind: 'changed', part, id, name, aspects }];
  });
  const removed = [...old]
    .filter(([key]) => !now.has(key))
    .map(([, { part, id, name }]): DefinitionChange => ({ kind: 'removed', part, id, name, aspects: [] }));
  return [...kept, ...removed];
}

function byKey(described: readonly Described[]): ReadonlyMap<string, Described> {
  return new Map(described.map((one) => [`${one.part}|${one.id}`, one]));
}

function describe(study: Study): readonly Described[] {
  const plain = (part: DefinitionPart, things: readonly { readonly id: string; readonly name?: Text }[]) =>
    things.map(({ id, name, ...own }): Described => ({
      part,
      id,
      name: name ?? null,
      own: { ...own, ...(name === undefined ? {} : { name }) },
    }));
  const { version: _, events, forms, codeLists, checks, analytes, growth, lookups, ...others } = study;
  const { classifications, aids, tables, pictures, anchors, ...head } = others;
  return [
    { part: 'study', id: study.id, name: study.name, own: head },
    ...plain('anchor', anchors),
    ...plain('event', events),
    ...forms.flatMap(describeForm),
    ...codeLists.flatMap(({ id, name, codes }): readonly Described[] => [
      { part: 'codeList', id, name, own: { name, order: codes.map(({ code }) => code) } },
      ...codes.map(({ code, label, ...own }): Described => ({
        part: 'code',
        id: `${id}.${code}`,
        name: label,
        own: { label, ...own },
      })),
    ]),
    ...checks.map(({ id, ...own }): Described => ({ part: 'check', id, name: own.rule, own })),
    ...analytes.map(({ id, ...own }): Described => ({ part: 'analyte', id, name: own.label, own })),
    ...plain('growthReference', growth),
    ...plain('lookup', lookups),
    ...plain('classification', classifications),
    ...aids.map(({ item, ...own }): Described => ({ part: 'aid', id: item, name: null, own })),
    ...plain('table', tables),
    ...plain('picture', pictures),
  ];
}

function describeForm({ groups, ...form }: Study['forms'][number]): readonly Described[] {
  const { id, name, source } = form;
  return [
    { part: 'form', id, name, own: { name, source, groups: groups.map((group) => group.id) } },
    ...groups.flatMap(({ items, ...group }): readonly Described[] => [
      { part: 'group', id: group.id, name: group.name, own: { ...group, form: id } },
      ...items.map((item) => describeItem(item, id, group.id)),
    ]),
  ];
}

function describeItem({ id, label, ...own }: Item, form: string, group: string): Described {
  return { part: 'item', id, name: label, own: { ...own, label, form, group } };
}

function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => asText(before[key]) !== asText(after[key])).sort();
}

/** The stored definition has its keys in another order than the files. */
function asText(part: unknown): string {
  return part === undefined ? '' : canonicalJson(part);
}
