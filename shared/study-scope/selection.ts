/** Which checks and rules have to be run, when not all of them. */
import type { ValuePlace } from '../record.ts';
import type { PlacedCheck, PlacedItem, StudyModel } from '../study-model.ts';

export interface Selection {
  readonly hasCheck: (placed: PlacedCheck) => boolean;
  /** Items whose own rules have to be run, or whose formula has to be worked out. */
  readonly hasItem: (placed: PlacedItem) => boolean;
}

export const everything: Selection = { hasCheck: () => true, hasItem: () => true };

/**
 * What reads something that changed, and whatever belongs to a form in which something changed:
 * a row or form may be new or gone, and with it the place where a finding is shown.
 */
export function touchedBy(model: StudyModel, changed: readonly ValuePlace[]): Selection {
  const items = [...new Set(changed.map((place) => place.item))]
    .map((id) => model.item(id))
    .filter((placed) => placed !== undefined);
  const forms = new Set(items.map((placed) => placed.home.home));
  const types = new Set([...forms].flatMap((form) => form.items.map((placed) => placed.item.type)));
  const isRead = (dependsOn: ReadonlySet<string>): boolean =>
    items.some((placed) => dependsOn.has(placed.item.id));
  const checks = new Set(
    model.checks.filter((placed) => {
      if (isRead(placed.dependsOn)) return true;
      if (placed.check.each === 'value')
        return placed.check.of === undefined || placed.check.of.some((type) => types.has(type));
      return placed.about !== null && forms.has(placed.about);
    }),
  );
  return {
    hasCheck: (placed) => checks.has(placed),
    hasItem: (placed) => forms.has(placed.home.home) || isRead(placed.dependsOn),
  };
}
