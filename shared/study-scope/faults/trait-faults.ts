/** Traits by which children are told apart: items that there are, asked once a subject. */
import type { StudyFault } from '../../study-model.ts';
import type { Placement } from '../place-study.ts';

export function findTraitFaults({ study, itemById }: Placement): readonly StudyFault[] {
  return study.traits.flatMap((id, index) => {
    const placed = itemById.get(id);
    const path = ['traits', index];
    if (placed === undefined) return [{ path, message: `there is no item ${id}` }];
    return placed.group.repeating
      ? [{ path, message: `${id} is asked in rows, so that it tells no child` }]
      : [];
  });
}
