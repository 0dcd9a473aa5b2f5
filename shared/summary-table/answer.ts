/**
 * What one subject answers to one expression of a table, or why it can't be counted:
 *
 *   contradicted     a value that the answer rests on is under an open hard finding
 *   censored         only "<" or ">" is known where a number is needed
 *   partial          a date of which a part is unknown leaves it open
 *   missing-reason   a value is missing, and the reason is recorded
 *   not-evaluable    a calculated value has no result
 *   not-entered      a value was never entered
 */
import type { UsedValue, ValuePlace } from '../record.ts';
import type { PlacedAsk, PlacedItem, StudyExpression } from '../study-model.ts';
import { frameAt, type Frame } from '../study-scope/frame.ts';
import { rowsInTime } from '../study-scope/time-order.ts';
import { readTraced } from '../study-scope/traced.ts';
import { instanceKey, rowAt, type SubjectIndex } from '../subject-index.ts';
import type { FeelValue } from '../feel/value.ts';

export const missingCauses = [
  'contradicted',
  'censored',
  'partial',
  'missing-reason',
  'not-evaluable',
  'not-entered',
] as const;
export type MissingCause = (typeof missingCauses)[number];

export interface Missing {
  readonly cause: MissingCause;
  /** The item that leaves it open, where one does. */
  readonly item: string | null;
}
export type Answer<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Missing);

/** A subject as a table sees it. */
export interface TabledSubject {
  readonly index: SubjectIndex;
  /**
   * Places of values that an open hard finding says can't be. Where there are any, the index has to hold every item that
   * the tables rest on, because what is calculated is followed back.
   */
  readonly contradicted: readonly ValuePlace[];
}

export function askNumber(subject: TabledSubject, asked: PlacedAsk): Answer<number> {
  return ask(subject, asked, (value): value is number => typeof value === 'number' && Number.isFinite(value));
}

export function askYesNo(subject: TabledSubject, asked: PlacedAsk): Answer<boolean> {
  return ask(subject, asked, (value): value is boolean => typeof value === 'boolean');
}

function ask<T extends FeelValue>(
  subject: TabledSubject,
  { expression, restsOn }: PlacedAsk,
  isWanted: (value: FeelValue) => value is T,
): Answer<T> {
  const frame = frameAt(subject.index, Number.NaN, null, null);
  const value = expression.read(frame);
  const suspects = subject.contradicted.filter(({ item }) => restsOn.has(item));
  const contradicted = suspects.length === 0 ? null : findContradicted(suspects, frame, expression);
  if (contradicted !== null) return { ok: false, cause: 'contradicted', item: contradicted };
  return isWanted(value) ? { ok: true, value } : { ok: false, ...whyNot(value, frame, expression) };
}

function whyNot(value: FeelValue, frame: Frame, expression: StudyExpression): Missing {
  const { used, absent } = readTraced(expression, frame);
  const asked = new Set(absent.flatMap((one) => (one.kind === 'asked' ? [keyOf(one.place)] : [])));
  const first = (isIt: (one: UsedValue) => boolean): string | null => used.find(isIt)?.item ?? null;
  const { model } = frame.index;
  const isEmpty = (one: UsedValue): boolean =>
    one.text === null && one.missing === null && !asked.has(keyOf(one));

  const censored = first(({ text, relation }) => text !== null && relation !== null && relation !== '=');
  if (censored !== null || isOfKind(value, 'bounded')) return { cause: 'censored', item: censored };
  const partial = first((one) => isPartial(frame.index, one));
  if (partial !== null || isOfKind(value, 'partial')) return { cause: 'partial', item: partial };
  const looked = absent.flatMap((one) => ('placed' in one ? [one.placed] : []));
  const reasoned =
    first(({ missing }) => missing !== null) ??
    looked.find((placed) => hasMissingReason(frame.index, placed))?.item.id ??
    null;
  if (reasoned !== null) return { cause: 'missing-reason', item: reasoned };
  const open = [...used.filter(isEmpty).map(({ item }) => item), ...looked.map(({ item }) => item.id)];
  const calculated = open.find((item) => model.item(item)?.item.type === 'calculated');
  if (calculated !== undefined) return { cause: 'not-evaluable', item: calculated };
  const blank = open[0] ?? null;
  // Nothing is missing: then an answer says so itself ("unknown"), or a rule says nothing about what is known.
  const isMissing = blank !== null || absent.some(({ kind }) => kind === 'row' || kind === 'anchor');
  return { cause: isMissing || used.length === 0 ? 'not-entered' : 'not-evaluable', item: blank };
}

/** A value of the item was looked for in the rows of its group and not found there; one of them has a reason for that. */
function hasMissingReason(index: SubjectIndex, { home, position }: PlacedItem): boolean {
  return rowsInTime(index, home).ordered.some(
    ({ row }) => (row.cells[position]?.value.missing ?? null) !== null,
  );
}

function isOfKind(value: FeelValue, kind: 'bounded' | 'partial'): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

/** A date that could have been known to the day and is not; a year and month of birth is all that is asked. */
function isPartial(index: SubjectIndex, { event, row, item, text }: UsedValue): boolean {
  const placed = index.model.item(item);
  if (placed?.item.type !== 'partial-date' || text === null) return false;
  const precision = rowAt(index, event, placed.home, row)?.cells[placed.position]?.value.precision ?? null;
  return precision === 'year' || precision === 'month';
}

function usedBy(frame: Frame, expression: StudyExpression): readonly UsedValue[] {
  return readTraced(expression, frame).used;
}

/** The first contradicted value among those that the expression rests on, followed back through what is calculated. */
function findContradicted(
  suspects: readonly ValuePlace[],
  frame: Frame,
  expression: StudyExpression,
): string | null {
  const wanted = new Set(suspects.map(keyOf));
  const seen = new Set<string>();
  const open = [...usedBy(frame, expression)];
  for (const used of open) {
    const key = keyOf(used);
    if (seen.has(key)) continue;
    seen.add(key);
    if (wanted.has(key)) return used.item;
    open.push(...behind(frame.index, used));
  }
  return null;
}

/** What a calculated value rests on; nothing for any other. */
function behind(index: SubjectIndex, { event, form, row, item }: ValuePlace): readonly UsedValue[] {
  const placed = index.model.item(item);
  const instance = index.byKey.get(instanceKey(event, form));
  if (placed === undefined || placed.expression === null || instance === undefined) return [];
  const own = placed.group.repeating ? rowAt(index, event, placed.home, row) : null;
  return usedBy(frameAt(index, Number.NaN, instance, own), placed.expression);
}

function keyOf({ event, form, row, item }: ValuePlace): string {
  return `${event}|${form}|${row}|${item}`;
}
