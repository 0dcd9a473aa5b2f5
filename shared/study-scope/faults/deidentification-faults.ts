/** What a de-identified export goes by: items of the study that are what they are named for. */
import type { PlacedItem, StudyFault } from '../../study-model.ts';
import { heldType } from '../../deidentification/treatment.ts';
import type { Placement } from '../place-study.ts';

const timeUnits = ['a', 'mo', 'wk', 'd'];

export function findDeidentificationFaults({ study, itemById }: Placement): readonly StudyFault[] {
  const { firstDose, ages = [], quasiIdentifiers = [] } = study.deidentification ?? {};
  const fault = (
    id: string,
    path: readonly (string | number)[],
    fits: (placed: PlacedItem) => boolean,
    what: string,
  ): readonly StudyFault[] => {
    const placed = itemById.get(id);
    if (placed !== undefined && fits(placed)) return [];
    const message = placed === undefined ? `there is no item "${id}"` : `"${id}" is not ${what}`;
    return [{ path: ['deidentification', ...path], message }];
  };
  const isOnce = ({ group }: PlacedItem): boolean => !group.repeating;
  return [
    ...(firstDose === undefined
      ? []
      : fault(
          firstDose,
          ['firstDose'],
          (placed) => isOnce(placed) && ['date', 'date-time'].includes(heldType(placed.item)),
          'a date that is asked once',
        )),
    ...ages.flatMap((id, at) =>
      fault(
        id,
        ['ages', at],
        ({ item }) => ['integer', 'decimal'].includes(heldType(item)) && timeUnits.includes(item.unit ?? ''),
        'a number in a unit of time',
      ),
    ),
    ...quasiIdentifiers.flatMap((id, at) =>
      fault(
        id,
        ['quasiIdentifiers', at],
        (placed) => isOnce(placed) && placed.codeList !== null,
        'a coded item that is asked once',
      ),
    ),
  ];
}
