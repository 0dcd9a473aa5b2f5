/** What double data entry names: forms of the study, and items that tell the rows of their own group apart. */
import { isCompared } from '../../second-entry/compare.ts';
import type { PlacedGroup, StudyFault } from '../../study-model.ts';
import type { Placement } from '../place-study.ts';

export function findDoubleEntryFaults({ study, forms }: Placement): readonly StudyFault[] {
  const known = new Set(study.forms.map(({ id }) => id));
  return [
    ...(study.doubleEntry?.forms ?? []).flatMap((form, position) =>
      known.has(form)
        ? []
        : [{ path: ['doubleEntry', 'forms', position], message: `there is no form "${form}"` }],
    ),
    ...forms.flatMap((form, at) =>
      form.groups.flatMap((group, position) =>
        findKeyFaults(group).map((fault) => ({
          ...fault,
          path: ['forms', at, 'groups', position, ...fault.path],
        })),
      ),
    ),
  ];
}

function findKeyFaults({ group, items }: PlacedGroup): readonly StudyFault[] {
  if (group.key === undefined) return [];
  if (!group.repeating) return [{ path: ['key'], message: `group ${group.id} does not repeat` }];
  return group.key.flatMap((id, position) =>
    items.some((placed) => placed.item.id === id && isCompared(placed))
      ? []
      : [{ path: ['key', position], message: `"${id}" is not a typed item of group ${group.id}` }],
  );
}
