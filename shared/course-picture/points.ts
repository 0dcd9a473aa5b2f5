/** The points of one series: every answer to its item over the whole subject, in the unit of its panel. */
import type { CoursePoint, UnplacedAnswer } from '../course-picture.ts';
import { placeInTime, type PictureAnchor } from './anchor.ts';
import { showRelation } from '../item-value/number.ts';
import type { Relation } from '../record.ts';
import type { PicturePanel, PictureSeries } from '../study-picture.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';
import { inBoth } from '../study-text.ts';
import { partsOf, standardValue } from '../study-scope/measurement.ts';
import { placeOf } from '../study-scope/read-value.ts';
import { showAnswer, showNumber } from '../study-scope/shown-value.ts';
import { rowsInTime, timeCell, type DatedRow } from '../study-scope/time-order.ts';
import { visibleCell } from '../study-scope/visible-cell.ts';
import type { Cell, SubjectIndex } from '../subject-index.ts';
import { unitAfterNumber } from '../units.ts';

interface CollectedPoints {
  readonly series: PictureSeries;
  readonly unit: string | null;
  readonly points: readonly CoursePoint[];
  readonly unplaced: readonly UnplacedAnswer[];
}

export function collectPoints(
  index: SubjectIndex,
  anchor: PictureAnchor,
  panel: PicturePanel,
  series: PictureSeries,
): CollectedPoints {
  const placed = index.model.item(series.item);
  const unit = unitOfSeries(index.model, series);
  if (placed === undefined) return { series, unit, points: [], unplaced: [] };
  const points: CoursePoint[] = [];
  const unplaced: UnplacedAnswer[] = [];
  const instead = series.instead === undefined ? undefined : index.model.item(series.instead);
  for (const dated of rowsInTime(index, placed.home).ordered) {
    const at = recordedTime(index, dated);
    const cell = visibleCell(index, dated.row, placed);
    if (cell?.value.number == null) {
      if (instead !== undefined && visibleCell(index, dated.row, instead)?.value.text === '1')
        unplaced.push({
          label: series.label,
          reason: 'no-number',
          shown: instead.item.label,
          at,
          place: placeOf(dated.row, instead),
        });
      continue;
    }
    if (series.test !== undefined && partsOf(index, dated.row, placed, cell).test !== series.test) continue;
    const answer = {
      shown: inBoth((language) => showAnswer(index, dated.row, placed, language)),
      at,
      place: placeOf(dated.row, placed),
    };
    const { hours, reason } = placeInTime(anchor, dated.moment);
    const found = inPanelUnit(index, dated, placed, cell);
    const fault =
      reason ??
      (found === null ? 'unit' : panel.scale === 'log' && found.number <= 0 ? 'not-positive' : null);
    if (hours === null || found === null || fault !== null) {
      unplaced.push({ ...answer, label: series.label, reason: fault ?? 'unit' });
      continue;
    }
    points.push({
      ...answer,
      hours,
      ...found,
      standard: isReportedIn(index, dated, placed, cell, unit)
        ? null
        : inBoth(
            (language) =>
              `${showRelation(found.relation)}${showNumber(found.number, language)}${unitAfterNumber(unit ?? '1', language)}`,
          ),
    });
  }
  return { series, unit, points, unplaced };
}

/** The storage unit of the test, or the unit of the item. */
export function unitOfSeries(model: StudyModel, series: PictureSeries): string | null {
  return (
    (series.test === undefined ? model.item(series.item)?.item.unit : model.analyte(series.test)?.unit) ??
    null
  );
}

function inPanelUnit(
  index: SubjectIndex,
  { row }: DatedRow,
  placed: PlacedItem,
  cell: Cell,
): { readonly number: number; readonly relation: Relation } | null {
  const value = placed.parts === null ? cell.feel : standardValue(index, row, placed, cell);
  if (typeof value === 'number') return { number: value, relation: '=' };
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'bounded')
    return null;
  return { number: value.number, relation: value.relation };
}

function isReportedIn(
  index: SubjectIndex,
  { row }: DatedRow,
  placed: PlacedItem,
  cell: Cell,
  unit: string | null,
): boolean {
  return placed.parts === null || partsOf(index, row, placed, cell).unit === unit;
}

export function recordedTime(index: SubjectIndex, { instance, row }: DatedRow): string | null {
  const found = timeCell(instance, row);
  return found === null ? null : (visibleCell(index, found.row, found.item)?.value.text ?? null);
}
