/** Checks that name what is not there, or say nothing about where their findings belong. */
import type { StudyFault } from '../../study-model.ts';
import type { Check, Study } from '../../study.ts';
import { checkHome } from '../paths.ts';
import type { Placement } from '../place-study.ts';

export function findCheckFaults(placement: Placement): readonly StudyFault[] {
  return placement.study.checks.flatMap((check, position) =>
    [...findReferenceFaults(placement, check), ...findScopeFaults(placement, check)].map((fault) => ({
      ...fault,
      path: ['checks', position, ...fault.path],
    })),
  );
}

function findReferenceFaults(
  { study, itemById, groupById, formById }: Placement,
  check: Check,
): readonly StudyFault[] {
  const unknownItems = (key: 'items' | 'except', ids: readonly string[]): readonly StudyFault[] =>
    ids.flatMap((id, position) =>
      itemById.has(id) ? [] : [{ path: [key, position], message: `there is no item "${id}"` }],
    );
  return [
    ...unknownItems('items', check.items),
    ...unknownItems('except', check.except ?? []),
    ...(check.group === undefined || groupById.has(check.group)
      ? []
      : [{ path: ['group'], message: `there is no item group "${check.group}"` }]),
    ...(check.form === undefined || formById.has(check.form)
      ? []
      : [{ path: ['form'], message: `there is no form "${check.form}"` }]),
    ...(check.events ?? []).flatMap((id, position) => findUnknownEvent(study, id, position)),
  ];
}

function findUnknownEvent(study: Study, id: string, position: number): readonly StudyFault[] {
  return study.events.some((event) => event.id === id)
    ? []
    : [{ path: ['events', position], message: `there is no event "${id}"` }];
}

function findScopeFaults(placement: Placement, check: Check): readonly StudyFault[] {
  if (check.each === 'value') {
    return [
      ...(check.items.length > 0
        ? [{ path: ['items'], message: 'a check of each value is shown at that value and names no items' }]
        : []),
      ...(check.of === undefined
        ? [{ path: ['each'], message: 'a check of each value says of which types: give "of"' }]
        : []),
    ];
  }
  const home = checkHome(placement, check);
  return [
    ...(check.of === undefined && check.except === undefined
      ? []
      : [
          {
            path: [check.of === undefined ? 'except' : 'of'],
            message: '"of" and "except" belong to checks of each value',
          },
        ]),
    ...(check.items.length === 0
      ? [{ path: ['items'], message: 'a check needs the item at which its findings are shown' }]
      : []),
    ...(home === null && check.group === undefined && check.form === undefined
      ? [
          {
            path: ['each'],
            message: `a check of each ${check.each} says of which: give "${check.each === 'row' ? 'group' : 'form'}"`,
          },
        ]
      : []),
  ];
}
