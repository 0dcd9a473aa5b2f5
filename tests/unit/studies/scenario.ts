/**
 * A child in a few lines: answers as a person types them, under the form that holds them.
 *
 *   { ENR: { enr_admdt: '2021-11-01 08:00' }, 'VS@PRE': [{ vs_wt: '32.0' }, { vs_wt: '32,4' }] }
 *
 * "FORM" is the form in the first event that it belongs to, "FORM@EVENT" the one in another. A list holds the rows of the
 * form's repeating group; an item of a group that does not repeat may stand in any of them.
 */
import { assertNever } from '#shared/assert-never.ts';
import { settle } from '#shared/derivations.ts';
import { runChecks } from '#shared/edit-checks.ts';
import { readItem } from '#shared/item-value.ts';
import { minuteNumber } from '#shared/partial-date.ts';
import type {
  Finding,
  FormStatus,
  ItemValue,
  LocalMinute,
  RecordedValue,
  SubjectRecord,
  ValuePlace,
} from '#shared/record.ts';
import type { Truth } from '#shared/feel/compare.ts';
import type { PlacedCheck, PlacedItem, StudyModel } from '#shared/study-model.ts';
import { frameAt, type Frame } from '#shared/study-scope/frame.ts';
import {
  indexSubject,
  rowAt,
  valueAt,
  type FormInstance,
  type GroupRow,
  type SubjectIndex,
} from '#shared/subject-index.ts';

export type Row = Readonly<Record<string, string>>;
export type Given = Readonly<Record<string, Row | readonly Row[]>>;

export interface Clock {
  readonly now: LocalMinute;
}

/** Every typed answer read by its codec, every calculated item worked out. Throws where an answer isn't readable. */
export function settleChild(model: StudyModel, given: Given, { now }: Clock): SubjectIndex {
  const values: RecordedValue[] = [];
  const forms: FormStatus[] = [];
  for (const [key, rows] of Object.entries(given)) {
    const { form, event } = placeOfForm(model, key);
    forms.push({ event, form, state: 'in-progress' });
    const list: readonly Row[] = Array.isArray(rows) ? rows : [rows as Row]; // Array.isArray doesn't narrow read-only lists
    list.forEach((answers, position) => {
      values.push(...readRow(model, form, event, position + 1, answers));
    });
  }
  const record: SubjectRecord = { subject: '01-001', site: '01', forms, values };
  return settle(model, indexSubject(model, record), now);
}

/** All findings of every phase, each once. */
export function findingsOf(model: StudyModel, index: SubjectIndex, { now }: Clock): readonly Finding[] {
  return (['batch', 'complete'] as const)
    .flatMap((phase) => runChecks(model, index, { phase, now }))
    .filter(isFirst);
}

/**
 * What a check's condition gives wherever it is asked for this child, null standing for "not evaluable". Reads the compiled
 * condition itself, because no finding can mean either of two things: the rule holds, or it can't be told.
 */
export function outcomesOf(
  model: StudyModel,
  index: SubjectIndex,
  id: string,
  { now }: Clock,
): readonly Truth[] {
  const check = model.checks.find((known) => known.check.id === id);
  if (check === undefined) throw new Error(`the study has no check ${id}`);
  return framesOf(check, index, minutesOf(now)).map((frame) => {
    const result = check.fires.read(frame);
    return typeof result === 'boolean' ? result : null;
  });
}

/** What the expressions of checks and derivations complain of for this child: "CHECK: a date has no order with a number". */
export function warningsOf(model: StudyModel, index: SubjectIndex, { now }: Clock): readonly string[] {
  const warnings: string[] = [];
  for (const check of model.checks) {
    for (const frame of framesOf(check, index, minutesOf(now))) {
      for (const warning of check.fires.evaluate(frame).warnings)
        warnings.push(`${check.check.id}: ${warning.message}`);
    }
  }
  for (const placed of model.items) {
    if (placed.expression === null) continue;
    for (const [instance, row] of rowsOf(index, placed)) {
      const frame = frameAt(index, minutesOf(now), instance, placed.group.repeating ? row : null);
      for (const warning of placed.expression.evaluate(frame).warnings)
        warnings.push(`${placed.item.id}: ${warning.message}`);
    }
  }
  return warnings;
}

/** The texts that a calculated item holds, in the order of events and rows; null where it holds nothing. */
export function derivedTexts(
  model: StudyModel,
  index: SubjectIndex,
  item: string,
): readonly (string | null)[] {
  const placed = itemNamed(model, item);
  return rowsOf(index, placed).map(([instance, row]) =>
    textOf(valueAt(index, { event: instance.event.id, form: placed.form.id, row: row.row, item })),
  );
}

function minutesOf(now: LocalMinute): number {
  const minutes = minuteNumber(now);
  if (minutes === null) throw new Error(`${now} is not a local minute`);
  return minutes;
}

function textOf(value: ItemValue | null): string | null {
  return value?.text === null || value === null
    ? null
    : `${value.relation === null || value.relation === '=' ? '' : value.relation}${value.text}`;
}

function placeOfForm(model: StudyModel, key: string): { readonly form: string; readonly event: string } {
  const [id = '', event] = key.split('@');
  const form = model.form(id);
  if (form === undefined) throw new Error(`the study has no form ${id}`);
  const first = model.instancesOf(form.events[0] ?? '')[0]?.id;
  const chosen = event ?? first;
  if (chosen === undefined || model.event(chosen) === undefined)
    throw new Error(`the study has no event ${String(chosen)}`);
  return { form: id, event: chosen };
}

function readRow(
  model: StudyModel,
  form: string,
  event: string,
  row: number,
  answers: Row,
): readonly RecordedValue[] {
  const read = new Map<string, RecordedValue>();
  const put = (id: string, typed: string): void => {
    const placed = itemNamed(model, id);
    if (placed.form.id !== form) throw new Error(`${id} is not an item of ${form}`);
    const reading = readItem(model, placed, typed, 'en', { valueOf: (item) => read.get(item) ?? null });
    if (!reading.ok) throw new Error(`${id}: ${reading.fault.en}`);
    const place: ValuePlace = { event, form, row: placed.group.repeating ? row : 1, item: id };
    if (reading.value !== null)
      read.set(id, { ...place, ...reading.value, version: 1, derived: false, parked: false });
    for (const part of reading.spread) put(part.item, part.text);
  };
  for (const [id, typed] of Object.entries(answers)) put(id, typed);
  return [...read.values()];
}

function itemNamed(model: StudyModel, id: string): PlacedItem {
  const placed = model.item(id);
  if (placed === undefined) throw new Error(`the study has no item ${id}`);
  return placed;
}

function rowsOf(index: SubjectIndex, placed: PlacedItem): readonly (readonly [FormInstance, GroupRow])[] {
  return index.instances
    .filter((instance) => instance.form === placed.home.home && instance.begun)
    .flatMap((instance) =>
      (instance.rows[placed.home.position] ?? []).map((row) => [instance, row] as const),
    );
}

function framesOf({ check }: PlacedCheck, index: SubjectIndex, now: number): readonly Frame[] {
  const isAsked = (event: string): boolean => check.events?.includes(event) ?? true;
  const begun = index.instances.filter((instance) => instance.begun && isAsked(instance.event.event.id));
  switch (check.each) {
    case 'subject':
      return [frameAt(index, now, null, null)];
    case 'form':
      return begun
        .filter((instance) => instance.form.form.id === check.form)
        .map((instance) => frameAt(index, now, instance, null));
    case 'row':
      return begun.flatMap((instance) =>
        instance.rows
          .flat()
          .filter((row) => row.group.group.id === check.group)
          .map((row) => frameAt(index, now, instance, row)),
      );
    case 'value':
      return begun.flatMap((instance) =>
        instance.rows.flat().flatMap((row) => valueFrames(check, index, now, instance, row)),
      );
    default:
      return assertNever(check.each);
  }
}

function valueFrames(
  check: PlacedCheck['check'],
  index: SubjectIndex,
  now: number,
  instance: FormInstance,
  row: GroupRow,
): readonly Frame[] {
  return row.group.items
    .filter(({ item }) => check.of?.includes(item.type) !== false && check.except?.includes(item.id) !== true)
    .filter(
      (placed) =>
        rowAt(index, instance.event.id, row.group, row.row)?.cells[placed.position]?.value.text !== undefined,
    )
    .map((subjectItem) => ({ ...frameAt(index, now, instance, row), subjectItem }));
}

function isFirst(finding: Finding, position: number, all: readonly Finding[]): boolean {
  return (
    position ===
    all.findIndex(
      (other) =>
        other.check === finding.check &&
        other.event === finding.event &&
        other.form === finding.form &&
        other.row === finding.row &&
        other.item === finding.item,
    )
  );
}
