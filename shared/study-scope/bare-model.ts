/** A model over a placed study in which nothing is compiled yet; compile-study.ts puts the rest in. */
import type { EventInstance, StudyModel } from '../study-model.ts';
import { noPlan } from './check-plan.ts';
import type { Placement } from './place-study.ts';
import { yesNo, yesNoUnknown } from './yes-no.ts';

type Open<T> = { -readonly [Key in keyof T]: T[Key] };

export function createBareModel(placement: Placement): Open<StudyModel> {
  const { study } = placement;
  const anchors = byId(placement.anchors, (placed) => placed.anchor.id);
  const codeLists = byId([yesNo, yesNoUnknown, ...study.codeLists], (list) => list.id);
  const analytes = byId(study.analytes, (analyte) => analyte.id);
  const growth = byId(study.growth, (table) => table.id);
  const lookups = byId(study.lookups, (table) => table.id);
  const instancesByEvent = new Map<string, EventInstance[]>();
  for (const instance of placement.eventInstances) {
    const known = instancesByEvent.get(instance.event.id) ?? [];
    instancesByEvent.set(instance.event.id, [...known, instance]);
  }
  const matrix = new Map(
    Object.entries(study.matrix).map(([form, events]) => [form, new Map(Object.entries(events))]),
  );

  return {
    study,
    items: placement.items,
    forms: placement.forms,
    anchors: placement.anchors,
    checks: [],
    plan: noPlan,
    classifications: [],
    tables: [],
    eventInstances: placement.eventInstances,
    item: (id) => placement.itemById.get(id),
    group: (id) => placement.groupById.get(id),
    form: (id) => placement.formById.get(id),
    anchor: (id) => anchors.get(id),
    event: (instance) => placement.instanceById.get(instance),
    instancesOf: (event) => {
      const instance = placement.instanceById.get(event);
      return instancesByEvent.get(event) ?? (instance === undefined ? [] : [instance]);
    },
    codeList: (id) => codeLists.get(id),
    analyte: (id) => analytes.get(id),
    growth: (id) => growth.get(id),
    lookup: (id) => lookups.get(id),
    aid: () => undefined,
    duty: (event, form) => matrix.get(form)?.get(event.id) ?? null,
    affectedBy: (item) => new Set([item]),
  };
}

function byId<T>(all: readonly T[], idOf: (one: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const one of all) if (!found.has(idOf(one))) found.set(idOf(one), one);
  return found;
}
