/**
 * A number of a laboratory row has its relation and its unit in items of its own. In the conflict book it stands as one
 * value, as a person reads it; in the record it is spread again.
 */
import { nothing } from '../item-value/reading.ts';
import type { ItemValue, Relation } from '../record.ts';
import type { StudyModel } from '../study-model.ts';

export interface PartValue {
  readonly item: string;
  readonly value: ItemValue;
}

/** The value itself first. An item without parts holds all of it. */
export function spreadParts(model: StudyModel, item: string, value: ItemValue): readonly PartValue[] {
  const parts = model.item(item)?.item.parts;
  if (parts === undefined) return [{ item, value }];
  const { relation, unit } = value;
  return [
    { item, value: { ...value, relation: null, unit: null } },
    ...(relation === null ? [] : [{ item: parts.relation, value: { ...nothing, text: relation } }]),
    ...(unit === null || unit === '' ? [] : [{ item: parts.unit, value: { ...nothing, text: unit } }]),
  ];
}

/** The other way round: `read` gives what each of the items holds. null: nothing, whatever its parts say. */
export function gatherParts(
  model: StudyModel,
  item: string,
  read: (item: string) => ItemValue | null,
): ItemValue | null {
  const value = read(item);
  const parts = model.item(item)?.item.parts;
  if (parts === undefined) return value;
  const [relation, unit] = [read(parts.relation)?.text ?? null, read(parts.unit)?.text ?? null];
  return value === null ? null : { ...value, relation: relation as Relation | null, unit }; // of its code list, as it was recorded
}

/** Items that hold the relation or the unit of another one: what is in doubt about them is in doubt about that one. */
export function partItems(model: StudyModel): ReadonlySet<string> {
  const parts = model.study.forms.flatMap(({ groups }) =>
    groups.flatMap((group) => group.items.flatMap((item) => (item.parts === undefined ? [] : [item.parts]))),
  );
  return new Set(parts.flatMap(({ relation, unit }) => [relation, unit]));
}
