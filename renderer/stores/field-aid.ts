/** Whether anything can stand beside a field while it is typed: its place is kept then, filled or not. */
import type { PlacedItem, StudyModel } from '#shared/study-model.ts';

export function hasAid(model: StudyModel | null, placed: PlacedItem): boolean {
  const aid = model?.aid(placed.item.id);
  return placed.parts !== null || (aid !== undefined && (aid.shows.length > 0 || aid.basis !== null));
}
