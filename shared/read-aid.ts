/**
 * What is shown beside a field with what is typed now: calculated values with the limits that they have to keep, and
 * the recorded value that they rest on.
 *
 *   the field is empty              values that can be told all the same (a sum of the rows before), no reason given
 *   a need has no value             the line says which; nothing of it looks like a result
 *   everything needed is there      value and limits, each limit kept or not
 */
import { isWithin, type Limit } from './check-limits.ts';
import type { FeelValue } from './feel/value.ts';
import { minuteNumber } from './partial-date.ts';
import type { LocalMinute, Relation, UsedValue, ValuePlace } from './record.ts';
import { frameAt, type Frame } from './study-scope/frame.ts';
import { roundedText } from './study-scope/feel-to-item.ts';
import { timeCell } from './study-scope/time-order.ts';
import { visibleCell } from './study-scope/visible-cell.ts';
import type { PlacedAid, PlacedShown, StudyModel } from './study-model.ts';
import {
  emptyInstance,
  emptyRow,
  instanceKey,
  rowAt,
  valueAt,
  type FormInstance,
  type SubjectIndex,
} from './subject-index.ts';
import type { Text } from './study.ts';

export interface AidLine {
  readonly shown: PlacedShown;
  /** Rounded as the item is; null when it can't be told. */
  readonly number: { readonly relation: Relation | null; readonly text: string } | null;
  readonly limits: readonly { readonly limit: Limit; readonly isKept: boolean | null }[];
  /** Why it can't be told, where that is known. */
  readonly why: Text | null;
}
export interface Origin {
  readonly place: ValuePlace;
  /** ISO date or date-time of its row; null where the row has none. */
  readonly at: string | null;
}
export interface AidReading {
  readonly lines: readonly AidLine[];
  readonly basis: Origin | null;
  /** The first need that has no value. */
  readonly lacking: Text | null;
  readonly isAnswered: boolean;
}

/** null when nothing helps at this place. */
export function readAid(
  model: StudyModel,
  index: SubjectIndex,
  place: ValuePlace,
  now: LocalMinute,
): AidReading | null {
  const aid = model.aid(place.item);
  const frame = frameOf(model, index, place, now);
  if (aid === undefined || frame === null) return null;
  const lacking = firstLacking(aid, frame);
  return {
    lines: aid.shows.map((shown) => readLine(shown, frame, lacking)),
    basis: basisOf(aid, frame),
    lacking,
    isAnswered: valueAt(index, place)?.text != null,
  };
}

/** The moment of the row in which a value stands. */
export function originOf(index: SubjectIndex, place: ValuePlace): Origin {
  const placed = index.model.item(place.item);
  const instance = index.byKey.get(instanceKey(place.event, place.form));
  const row = placed === undefined ? null : rowAt(index, place.event, placed.home, place.row);
  const time = instance === undefined || row === null ? null : timeCell(instance, row);
  const { event, form, item } = place;
  return {
    place: { event, form, row: place.row, item },
    at: time === null ? null : (visibleCell(index, time.row, time.item)?.value.text ?? null),
  };
}

function frameOf(model: StudyModel, index: SubjectIndex, place: ValuePlace, now: LocalMinute): Frame | null {
  const placed = model.item(place.item);
  const instance: FormInstance | null =
    index.byKey.get(instanceKey(place.event, place.form)) ?? emptyInstance(model, place.event, place.form);
  if (placed === undefined || instance === null) return null;
  const row = placed.group.repeating
    ? (rowAt(index, place.event, placed.home, place.row) ?? emptyRow(placed.home, instance.event, place.row))
    : null;
  return frameAt(index, minuteNumber(now) ?? Number.NaN, instance, row);
}

function readLine(shown: PlacedShown, frame: Frame, lacking: Text | null): AidLine {
  const value = toNumber(shown.expression.read(frame));
  const text = value === null ? null : roundedText(value.number, shown.decimals);
  const number = value === null || text === null ? null : { relation: value.relation, text };
  const isExact = number !== null && number.relation === null;
  return {
    shown,
    number,
    limits: shown.limits.map((limit) => ({
      limit,
      isKept: isExact ? isWithin(Number(number.text), limit) : null,
    })),
    why: number === null ? (lacking ?? shown.absent) : null,
  };
}

function toNumber(value: FeelValue): { readonly relation: Relation | null; readonly number: number } | null {
  if (typeof value === 'number') return { relation: null, number: value };
  return typeof value === 'object' && value !== null && 'relation' in value
    ? { relation: value.relation, number: value.number }
    : null;
}

function firstLacking(aid: PlacedAid, frame: Frame): Text | null {
  const needs = aid.basis === null ? aid.needs : [...aid.needs, aid.basis];
  return needs.find(({ expression }) => expression.read(frame) === null)?.absent ?? null;
}

/** Of everything that the expression looked at, the number that came out of it. */
function basisOf({ basis }: PlacedAid, frame: Frame): Origin | null {
  if (basis === null) return null;
  const trace: UsedValue[] = [];
  const result = basis.expression.read({ ...frame, trace });
  if (typeof result !== 'number') return null;
  const used = trace.find(
    ({ item, text }) => isNumeric(frame, item) && text !== null && Number(text) === result,
  );
  return used === undefined ? null : originOf(frame.index, used);
}

function isNumeric({ index }: Frame, item: string): boolean {
  const placed = index.model.item(item);
  return placed?.codeList === null && placed.item.unit !== undefined;
}
