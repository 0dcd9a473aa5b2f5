/** What is coded stands in one group, and its term is of something that there is. */
import type { StudyFault } from '../../study-model.ts';
import type { Coding } from '../../study-coding.ts';
import type { Placement } from '../place-study.ts';

type Fault = Pick<StudyFault, 'path' | 'message'>;

export function findCodingFaults(placement: Placement): readonly StudyFault[] {
  return (placement.study.codings ?? []).flatMap((coding, position) =>
    faultsOf(placement, coding).map(({ path, message }) => ({
      path: ['codings', position, ...path],
      message,
    })),
  );
}

function faultsOf({ itemById, study }: Placement, coding: Coding): readonly Fault[] {
  const { verbatim, term, dictionary, version, classification } = coding;
  const named = [
    ...verbatim.map((id, position) => ({ id, path: ['verbatim', position] })),
    ...(term === undefined ? [] : [{ id: term, path: ['term'] }]),
  ];
  const [first] = named;
  const home = first === undefined ? undefined : itemById.get(first.id)?.home;
  const ofItems = named.flatMap(({ id, path }): readonly Fault[] => {
    const placed = itemById.get(id);
    if (placed === undefined) return [{ path, message: `there is no item "${id}"` }];
    if (home === undefined || placed.home === home) return [];
    return [{ path, message: `"${id}" is not of the group of "${first?.id ?? ''}"` }];
  });
  const isKnown =
    classification === undefined || study.classifications.some(({ id }) => id === classification);
  return [
    ...ofItems,
    ...(named.length === 0 ? [{ path: [], message: 'a coding names what is coded, or its term' }] : []),
    ...(isKnown
      ? []
      : [{ path: ['classification'], message: `there is no classification "${classification}"` }]),
    ...(dictionary !== undefined && classification !== undefined
      ? [{ path: ['dictionary'], message: 'a term is of a dictionary or of a classification, not of both' }]
      : []),
    ...(version !== undefined && dictionary === undefined
      ? [{ path: ['version'], message: 'a version is that of a dictionary' }]
      : []),
    ...(term === undefined && dictionary === undefined
      ? [{ path: [], message: 'without a term, the dictionary is named in which it would be' }]
      : []),
  ];
}
