/** Where in a definition something is written, and what a check is about. */
import type { PlacedItem } from '../study-model.ts';
import type { Check, Item } from '../study.ts';
import { homeOf, type Home } from './frame.ts';
import type { Placement } from './place-study.ts';

export type Path = readonly (string | number)[];

export function itemPath(placed: PlacedItem, ...keys: readonly (keyof Item)[]): Path {
  return ['forms', placed.home.home.order, 'groups', placed.home.position, 'items', placed.position, ...keys];
}

/**
 * A check of rows is about its group, one of forms about its form; where it names none, about that of its first item.
 * null when it can't be told: a fault.
 */
export function checkHome(placement: Placement, check: Check): Home | null {
  const first = placement.itemById.get(check.items[0] ?? '');
  switch (check.each) {
    case 'row': {
      const group = check.group === undefined ? first?.home : placement.groupById.get(check.group);
      return group === undefined ? null : homeOf(group);
    }
    case 'form': {
      const form = check.form === undefined ? first?.home.home : placement.formById.get(check.form);
      return form === undefined ? null : { kind: 'form', form };
    }
    case 'subject':
    case 'value':
      return { kind: check.each };
  }
}
