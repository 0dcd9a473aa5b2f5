/**
 * A measurement whose relation, unit, test and qualifier are items of the same row, in the standard unit of its analyte.
 * Nothing is converted that the analyte's own table has no factor for.
 */
import type { FeelValue } from '../feel/value.ts';
import type { Relation } from '../record.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';
import type { Cell, GroupRow, SubjectIndex } from '../subject-index.ts';
import type { Analyte } from '../study.ts';
import { toStandard } from '../units.ts';
import { toNumber } from './item-to-feel.ts';
import { visibleCell } from './visible-cell.ts';

export interface MeasurementParts {
  readonly relation: Relation | null;
  readonly unit: string | null;
  readonly test: string | null;
  readonly qualifier: string | null;
}

/** The parts as their items have them; relation and unit fall back on those kept with the number itself. */
export function partsOf(
  index: SubjectIndex,
  row: GroupRow,
  placed: PlacedItem,
  cell: Cell,
): MeasurementParts {
  const { parts } = placed;
  const textOf = (part: PlacedItem | null): string | null =>
    part === null ? null : (visibleCell(index, row, part)?.value.text ?? null);
  if (parts === null)
    return { relation: cell.value.relation, unit: cell.value.unit, test: null, qualifier: null };
  return {
    relation: toRelation(textOf(parts.relation)) ?? cell.value.relation,
    unit: textOf(parts.unit) ?? cell.value.unit,
    test: textOf(parts.test),
    qualifier: textOf(parts.qualifier),
  };
}

/** null when test or unit is not known or not convertible. */
export function standardValue(index: SubjectIndex, row: GroupRow, placed: PlacedItem, cell: Cell): FeelValue {
  if (cell.value.number === null) return null;
  const parts = partsOf(index, row, placed, cell);
  const analyte = analyteOf(index.model, parts.test);
  if (analyte === undefined || parts.unit === null) return null;
  return toNumber(toStandard(analyte, cell.value.number, parts.unit, parts.qualifier), parts.relation);
}

export function reportedValue(index: SubjectIndex, row: GroupRow, placed: PlacedItem, cell: Cell): FeelValue {
  return toNumber(cell.value.number, partsOf(index, row, placed, cell).relation);
}

export function analyteOf(model: StudyModel, test: string | null): Analyte | undefined {
  return test === null ? undefined : model.analyte(test);
}

function toRelation(text: string | null): Relation | null {
  return text === '=' || text === '<' || text === '<=' || text === '>' || text === '>=' ? text : null;
}
