/** A recorded number as reported and in the study's own unit, the way every list of values shows it. */
import type { ItemValue, Relation } from './record.ts';
import type { Analyte, Item } from './study.ts';
import { toStandard } from './units.ts';

export interface ReportedNumber {
  readonly relation: Relation | null;
  readonly unit: string | null;
  /** null where the unit is not one that can be converted. */
  readonly standard: { readonly number: number; readonly unit: string | null } | null;
}

const relations: readonly Relation[] = ['=', '<', '<=', '>', '>='];

/**
 * A measurement has its relation, unit and test in items of its own row: `inRow` gives the answer to one of them.
 * Every other number has the one unit of its item.
 */
export function reportedNumber(
  item: Item,
  value: ItemValue,
  inRow: (item: string) => string | null,
  analyteOf: (test: string) => Analyte | undefined,
): ReportedNumber {
  if (value.number === null) return { relation: value.relation, unit: value.unit, standard: null };
  if (item.parts === undefined) {
    const unit = value.unit ?? item.unit ?? null;
    const isStandard = unit === (item.unit ?? null);
    return { relation: value.relation, unit, standard: isStandard ? { number: value.number, unit } : null };
  }
  const typed = inRow(item.parts.relation);
  const relation = value.relation ?? relations.find((known) => known === typed) ?? '=';
  const unit = value.unit ?? inRow(item.parts.unit);
  const analyte = analyteOf(inRow(item.parts.test) ?? '');
  if (analyte === undefined || unit === null) return { relation, unit, standard: null };
  const qualifier = item.parts.qualifier === undefined ? null : inRow(item.parts.qualifier);
  const number = toStandard(analyte, value.number, unit, qualifier);
  return { relation, unit, standard: number === null ? null : { number, unit: analyte.unit } };
}
