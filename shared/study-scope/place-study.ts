/**
 * Puts every form, group, item and event of a study in its place, with nothing compiled yet.
 * Of two things with one id the first counts here; the second is a fault (study-faults.ts).
 */
import type {
  EventInstance,
  PlacedAnchor,
  PlacedForm,
  PlacedGroup,
  PlacedItem,
  PlacedParts,
} from '../study-model.ts';
import type { Form, Item, ItemGroup, Study, StudyEvent } from '../study.ts';
import { ownCodeList } from './yes-no.ts';

/** Open for compile-study.ts to put the expressions in; the model hands them out read-only. */
type Open<T> = { -readonly [Key in keyof T]: T[Key] };

export interface Placement {
  readonly study: Study;
  readonly items: readonly Open<PlacedItem>[];
  readonly groups: readonly Open<PlacedGroup>[];
  readonly forms: readonly PlacedForm[];
  readonly anchors: readonly Open<PlacedAnchor>[];
  readonly eventInstances: readonly EventInstance[];
  readonly itemById: ReadonlyMap<string, PlacedItem>;
  readonly groupById: ReadonlyMap<string, PlacedGroup>;
  readonly formById: ReadonlyMap<string, PlacedForm>;
  readonly instanceById: ReadonlyMap<string, EventInstance>;
}

export function placeStudy(study: Study): Placement {
  const eventInstances = study.events
    .flatMap(instancesOfEvent)
    .map((instance, order) => ({ ...instance, order }));
  const instanceById = firstById(eventInstances, (instance) => instance.id);
  const items: Open<PlacedItem>[] = [];
  const groups: Open<PlacedGroup>[] = [];

  const forms = study.forms.map((form, order): PlacedForm => {
    const events = eventsOfForm(study, form.id);
    const only = events.length === 1 ? events[0] : undefined;
    const home: Open<PlacedForm> = {
      form,
      order,
      groups: [],
      items: [],
      events: events.map((event) => event.id),
      onlyInstance:
        only !== undefined && only.repeating === undefined ? (instanceById.get(only.id) ?? null) : null,
    };
    home.groups = form.groups.map((group, position) => placeGroup(study, home, group, position));
    home.items = home.groups.flatMap((group) => group.items);
    return home;
  });

  function placeGroup(of: Study, home: PlacedForm, group: ItemGroup, position: number): PlacedGroup {
    const placed: Open<PlacedGroup> = {
      group,
      home,
      order: groups.length,
      position,
      items: [],
      shown: null,
      time: null,
    };
    groups.push(placed);
    placed.items = group.items.map((item, itemPosition) =>
      placeItem(of, home.form, placed, item, itemPosition),
    );
    return placed;
  }

  function placeItem(of: Study, form: Form, home: PlacedGroup, item: Item, position: number): PlacedItem {
    const placed: Open<PlacedItem> = {
      item,
      form,
      group: home.group,
      home,
      order: items.length,
      position,
      codeList: ownCodeList(item) ?? of.codeLists.find((list) => list.id === item.codeList) ?? null,
      shown: null,
      required: item.required === 'always' ? 'always' : null,
      expression: null,
      pattern: item.pattern === undefined ? null : wholeMatch(item.pattern),
      conditional: item.shown !== undefined || home.group.shown !== undefined,
      parts: null,
      dependsOn: new Set(),
      dependsAfarOn: new Set(),
      readsClock: false,
    };
    items.push(placed);
    return placed;
  }

  for (const group of groups) group.time = timeOf(group);
  for (const placed of items) placed.parts = partsOf(placed);
  return {
    study,
    items,
    groups,
    forms,
    anchors: study.anchors.map((anchor) => ({ anchor, expression: null })),
    eventInstances,
    itemById: firstById(items, (placed) => placed.item.id),
    groupById: firstById(groups, (placed) => placed.group.id),
    formById: firstById(forms, (placed) => placed.form.id),
    instanceById,
  };
}

/** null when the pattern is not a regular expression; study-faults.ts says so. */
export function wholeMatch(pattern: string): RegExp | null {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    // The only way to learn whether a pattern compiles is to compile it.
    return null;
  }
}

/** A group is dated by its own time item, or by the one in the head of its form (a sample's date over its results). */
function timeOf(group: PlacedGroup): PlacedItem | null {
  const dating = [group, ...group.home.groups.filter((other) => !other.group.repeating)].find(
    (candidate) => candidate.group.time !== undefined,
  );
  return dating?.items.find((placed) => placed.item.id === dating.group.time) ?? null;
}

function partsOf({ item, home }: PlacedItem): PlacedParts | null {
  if (item.parts === undefined) return null;
  const part = (id: string | undefined): PlacedItem | null =>
    home.items.find((placed) => placed.item.id === id) ?? null;
  const { relation, unit, test, qualifier } = item.parts;
  return { relation: part(relation), unit: part(unit), test: part(test), qualifier: part(qualifier) };
}

function eventsOfForm(study: Study, form: string): readonly StudyEvent[] {
  const row = new Map(Object.entries(study.matrix)).get(form) ?? {};
  return study.events.filter((event) => Object.hasOwn(row, event.id));
}

function instancesOfEvent(event: StudyEvent): readonly Omit<EventInstance, 'order'>[] {
  if (event.repeating === undefined) return [{ id: event.id, event, number: null }];
  const { first, last, except } = event.repeating;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset)
    .filter((number) => !except.includes(number))
    .map((number) => ({ id: `${event.id}${String(number)}`, event, number }));
}

function firstById<T>(all: readonly T[], idOf: (one: T) => string): ReadonlyMap<string, T> {
  const byId = new Map<string, T>();
  for (const one of all) if (!byId.has(idOf(one))) byId.set(idOf(one), one);
  return byId;
}
