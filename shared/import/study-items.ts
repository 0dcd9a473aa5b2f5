/** Where each item of a study stands, as far as an import needs to know it. */
import type { Item, Study, StudyEvent } from '../study.ts';

export interface StudyItem {
  readonly item: Item;
  readonly form: string;
  readonly group: string;
  readonly isRepeating: boolean;
  /** Whether a person types it. */
  readonly isTyped: boolean;
  /** The one event instance of its form; null when there are several. */
  readonly onlyEvent: string | null;
  /** Of the events that have its form, the first instance of the first. */
  readonly firstEvent: string;
}

export function studyItems(study: Study): ReadonlyMap<string, StudyItem> {
  const items = new Map<string, StudyItem>();
  for (const form of study.forms) {
    const events = study.events.filter(({ id }) => study.matrix[form.id]?.[id] !== undefined);
    const [first] = events;
    const onlyEvent = events.length === 1 && first?.repeating === undefined ? (first?.id ?? null) : null;
    for (const group of form.groups) {
      for (const item of group.items) {
        items.set(item.id, {
          ...{ item, form: form.id, group: group.id, isRepeating: group.repeating, onlyEvent },
          isTyped: item.type !== 'calculated' && item.system === undefined,
          firstEvent: first === undefined ? '' : firstInstance(first),
        });
      }
    }
  }
  return items;
}

function firstInstance({ id, repeating }: StudyEvent): string {
  return repeating === undefined ? id : `${id}${repeating.first}`;
}
