/** What the same subject's other rows hold for an item, before this row in time: what a slip is seen against. */
import type { EarlierNumber } from './likely-slip.ts';
import type { ValuePlace } from './record.ts';
import { partsOf } from './study-scope/measurement.ts';
import { rowsInTime } from './study-scope/time-order.ts';
import { visibleCell } from './study-scope/visible-cell.ts';
import type { PlacedItem } from './study-model.ts';
import { rowAt, type SubjectIndex } from './subject-index.ts';
import { toStandard } from './units.ts';

/**
 * In time order. Of a measurement, results of the same test only; censored numbers are left out. A row that is not
 * dated yet comes after all others.
 */
export function earlierNumbers(
  index: SubjectIndex,
  place: ValuePlace,
  placed: PlacedItem,
  test: string | null,
): readonly EarlierNumber[] {
  const { ordered, positionOf } = rowsInTime(index, placed.home);
  const own = rowAt(index, place.event, placed.home, place.row);
  const position = own === null ? undefined : positionOf.get(own);
  return ordered.slice(0, position ?? ordered.length).flatMap(({ row }): readonly EarlierNumber[] => {
    const cell = visibleCell(index, row, placed);
    if (cell?.value.number == null) return [];
    const parts = partsOf(index, row, placed, cell);
    if ((parts.relation ?? '=') !== '=') return [];
    if (placed.parts === null) return [{ standard: cell.value.number, unit: placed.item.unit ?? null }];
    const analyte = parts.test === test && test !== null ? index.model.analyte(test) : undefined;
    if (analyte === undefined || parts.unit === null) return [];
    const standard = toStandard(analyte, cell.value.number, parts.unit, parts.qualifier);
    return standard === null ? [] : [{ standard, unit: parts.unit }];
  });
}
