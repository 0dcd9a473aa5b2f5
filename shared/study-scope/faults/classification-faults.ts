/** Classifications that say more than one thing, nothing, or something that the study does not have. */
import type { Classification, Criterion } from '../../classification-definition.ts';
import type { StudyFault } from '../../study-model.ts';
import { classificationHome } from '../compile-classifications.ts';
import type { Path } from '../paths.ts';
import type { Placement } from '../place-study.ts';
import { reservedNames } from '../scope-names.ts';

export function findClassificationFaults(placement: Placement): readonly StudyFault[] {
  return placement.study.classifications.flatMap((of, position) =>
    [
      ...findPlaceFaults(placement, of),
      ...findKindFaults(of),
      ...findCodeFaults(placement, of),
      ...findNameFaults(placement, of),
      ...criteriaOf(of).flatMap(({ criterion, path }) => findCriterionFaults(criterion, path)),
    ].map((fault) => ({ ...fault, path: ['classifications', position, ...fault.path] })),
  );
}

function findPlaceFaults(placement: Placement, of: Classification): readonly StudyFault[] {
  const wanted = of.each === 'subject' ? null : of.each === 'form' ? 'form' : 'group';
  const foreign = (['form', 'group'] as const).filter((key) => key !== wanted && of[key] !== undefined);
  const isUnknown = classificationHome(placement, of) === null;
  const group = placement.groupById.get(of.group ?? '');
  return [
    ...foreign.map((key) => ({
      path: [key],
      message: `a classification of each ${of.each} has no "${key}"`,
    })),
    ...(wanted !== null && isUnknown
      ? [
          {
            path: [of[wanted] === undefined ? 'each' : wanted],
            message:
              of[wanted] === undefined
                ? `a classification of each ${of.each} says of which: give "${wanted}"`
                : `there is no ${wanted === 'form' ? 'form' : 'item group'} "${of[wanted]}"`,
          },
        ]
      : []),
    ...(of.each === 'row' && group?.group.repeating === false
      ? [{ path: ['group'], message: `${group.group.id} does not repeat: give "form" and each form` }]
      : []),
  ];
}

function findKindFaults(of: Classification): readonly StudyFault[] {
  const kinds = (['criteria', 'grades', 'value'] as const).filter((key) => of[key] !== undefined);
  const faults =
    kinds.length === 1
      ? []
      : [{ path: [], message: 'a classification has one of "criteria", "grades" and "value"' }];
  const belongs = (key: keyof Classification, to: 'grades' | 'value'): readonly StudyFault[] =>
    of[key] === undefined || of[to] !== undefined
      ? []
      : [{ path: [key], message: `"${key}" belongs to ${to === 'grades' ? 'grades' : 'a value'}` }];
  return [
    ...faults,
    ...belongs('codeList', 'grades'),
    ...belongs('otherwise', 'grades'),
    ...belongs('unit', 'value'),
    ...belongs('decimals', 'value'),
  ];
}

function findCodeFaults({ study }: Placement, of: Classification): readonly StudyFault[] {
  if (of.grades === undefined) return [];
  const list = study.codeLists.find(({ id }) => id === of.codeList);
  if (list === undefined)
    return [
      {
        path: [of.codeList === undefined ? 'grades' : 'codeList'],
        message:
          of.codeList === undefined
            ? 'grades are codes of a list: give "codeList"'
            : `there is no code list "${of.codeList}"`,
      },
    ];
  const written = [
    ...of.grades.map(({ code }, position) => ({ code, path: ['grades', position, 'code'] })),
    ...(of.otherwise === undefined ? [] : [{ code: of.otherwise, path: ['otherwise'] }]),
  ];
  return written.flatMap(({ code, path }, position) => {
    if (!list.codes.some((known) => known.code === code))
      return [{ path, message: `"${code}" is not a code of ${list.id}` }];
    return written.findIndex((other) => other.code === code) === position
      ? []
      : [{ path, message: `"${code}" stands here twice` }];
  });
}

function findNameFaults(placement: Placement, of: Classification): readonly StudyFault[] {
  return of.let.flatMap(({ name }, position) => {
    const path = ['let', position, 'name'];
    const isTaken =
      placement.itemById.has(name) ||
      reservedNames.has(name) ||
      placement.anchors.some(({ anchor }) => anchor.id === name);
    if (isTaken) return [{ path, message: `"${name}" has a meaning of its own in expressions` }];
    return of.let.findIndex((other) => other.name === name) === position
      ? []
      : [{ path, message: `"${name}" stands here twice` }];
  });
}

function findCriterionFaults(criterion: Criterion, path: Path): readonly StudyFault[] {
  const { holds, all, any, of, atLeast } = criterion;
  const given = [holds, all, any, of].filter((part) => part !== undefined).length;
  return [
    ...(given === 1
      ? []
      : [{ path, message: 'a criterion has one of "holds", "all", "any" and "atLeast" with "of"' }]),
    ...((of === undefined) === (atLeast === undefined)
      ? []
      : [{ path, message: '"atLeast" says how many, "of" of what: give both' }]),
    ...(of !== undefined && atLeast !== undefined && atLeast > of.length
      ? [
          {
            path: [...path, 'atLeast'],
            message: `at least ${String(atLeast)} of ${String(of.length)} can never be met`,
          },
        ]
      : []),
  ];
}

function criteriaOf(of: Classification): readonly { readonly criterion: Criterion; readonly path: Path }[] {
  return [
    ...(of.criteria === undefined ? [] : walk(of.criteria, ['criteria'])),
    ...(of.grades ?? []).flatMap(({ criterion }, position) =>
      walk(criterion, ['grades', position, 'criterion']),
    ),
  ];
}

function walk(
  criterion: Criterion,
  path: Path,
): readonly { readonly criterion: Criterion; readonly path: Path }[] {
  const parts = (['all', 'any', 'of'] as const).flatMap((key) =>
    (criterion[key] ?? []).flatMap((part, position) => walk(part, [...path, key, position])),
  );
  return [{ criterion, path }, ...parts];
}
