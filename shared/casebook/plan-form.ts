/** One form of a subject: its rows with every field that is asked or holds anything, and what is said about them. */
import type { CasebookForm, CasebookGroup, CasebookItem, CasebookRow } from '../casebook.ts';
import { isEmpty } from '../item-value.ts';
import type { FormState, RecordedValue } from '../record.ts';
import type { Language } from '../study.ts';
import type { PlacedGroup, PlacedItem, StudyModel } from '../study-model.ts';
import type { SubjectIndex } from '../subject-index.ts';
import type { Visibility } from '../visibility.ts';
import { answerWords, placeWords } from './answer-words.ts';
import type { MarkWords } from './plan-marks.ts';
import { confirmationOf, placeKey, type Shelves, type SubjectSource } from './sources.ts';

/** What all forms of one subject share. */
export interface Desk {
  readonly model: StudyModel;
  readonly index: SubjectIndex;
  readonly visible: Visibility;
  readonly source: SubjectSource;
  readonly shelves: Shelves;
  readonly marks: MarkWords;
  readonly language: Language;
  readonly history: boolean;
}

/** An instance of a form with what is recorded in it. */
export interface FormAt {
  readonly event: string;
  readonly form: string;
  readonly state: FormState;
  readonly values: readonly RecordedValue[];
}

export function planForm(desk: Desk, at: FormAt): CasebookForm {
  const { model, language, shelves, marks, source, history } = desk;
  const placed = model.form(at.form);
  const values = new Map(at.values.map((value) => [placeKey(value), value]));
  let notAsked = 0;
  const rowOf = (group: PlacedGroup, row: number): CasebookRow => {
    const items: CasebookItem[] = [];
    const blank: string[] = [];
    for (const item of group.items) {
      const place = { event: at.event, form: at.form, row, item: item.item.id };
      const value = values.get(placeKey(place)) ?? null;
      values.delete(placeKey(place));
      if (value === null && desk.visible.isHidden(place)) {
        notAsked += 1;
        continue;
      }
      const planned = planItem(desk, place, value, item);
      if (group.group.repeating && isBare(planned)) blank.push(planned.label);
      else items.push(planned);
    }
    return { row: group.group.repeating ? row : null, items, blank };
  };
  const groups = (placed?.groups ?? []).flatMap((group): readonly CasebookGroup[] => {
    const rows = rowNumbers(group, at.values).map((row) => rowOf(group, row));
    const said = rows.filter(({ items, blank }) => items.length > 0 || blank.length > 0);
    const { name, repeating, layout } = group.group;
    return said.length === 0 ? [] : [{ name: name[language], repeating, layout, rows: said }];
  });
  const unknown = unknownGroup(desk, [...values.values()]);
  const isHere = (one: { readonly event: string | null; readonly form: string | null }): boolean =>
    one.event === at.event && one.form === at.form;
  const removed = shelves.changes.takeWhere(isHere);
  const course = shelves.notes.takeWhere(isHere);
  return {
    ...{ form: at.form, name: placed?.form.name[language] ?? at.form, state: at.state },
    groups: unknown === null ? groups : [...groups, unknown],
    notAsked,
    signatures: shelves.signatures.take(`${at.event}|${at.form}`).map(marks.signature),
    findings: shelves.findings.takeWhere(isHere).map((finding) => ({
      ...marks.finding(finding, confirmationOf(source, finding)),
      about: placeWords(model, finding, language),
    })),
    queries: shelves.queries.takeWhere(isHere).map((query) => marks.query(query, false)),
    removed: history
      ? removed.map((entry) => ({
          ...marks.change(entry),
          about: placeWords(model, { ...at, row: entry.row ?? 1, item: entry.item ?? '' }, language),
        }))
      : [],
    course: history ? course.map(marks.note) : [],
  };
}

function planItem(
  { model, language, source, shelves, marks, history }: Desk,
  place: { readonly event: string; readonly form: string; readonly row: number; readonly item: string },
  value: RecordedValue | null,
  placed: PlacedItem | undefined,
): CasebookItem {
  const key = placeKey(place);
  const changes = shelves.changes.take(key);
  const newest = changes.at(-1);
  return {
    item: place.item,
    label: placed?.item.label[language] ?? place.item,
    order: placed?.order ?? Number.MAX_SAFE_INTEGER,
    answer: answerWords(model, place.item, value, language),
    derived: value?.derived ?? placed?.item.type === 'calculated',
    parked: value?.parked ?? false,
    last: newest === undefined ? null : doingOf(newest),
    findings: shelves.findings
      .take(key)
      .map((finding) => marks.finding(finding, confirmationOf(source, finding))),
    queries: shelves.queries.take(key).map((query) => marks.query(query, true)),
    history: history ? changes.map(marks.change) : [],
  };
}

function doingOf(entry: NonNullable<CasebookItem['last']>): CasebookItem['last'] {
  const { user, role, at, offsetMinutes, origin } = entry;
  return { user, role, at, offsetMinutes, origin };
}

/** Nothing stands there and nothing is said about it. */
function isBare({ answer, findings, queries, history, last }: CasebookItem): boolean {
  return (
    answer.kind === 'empty' &&
    findings.length === 0 &&
    queries.length === 0 &&
    history.length === 0 &&
    last === null
  );
}

function rowNumbers(group: PlacedGroup, values: readonly RecordedValue[]): readonly number[] {
  if (!group.group.repeating) return [1];
  const items = new Set(group.items.map(({ item }) => item.id));
  const rows = new Set(values.filter(({ item }) => items.has(item)).map(({ row }) => row));
  return [...rows].sort((one, other) => one - other);
}

/** Values of items that the study no longer has in this form, or of rows that it does not allow. */
function unknownGroup(desk: Desk, values: readonly RecordedValue[]): CasebookGroup | null {
  if (values.length === 0) return null;
  const rows = [...Map.groupBy(values, ({ row }) => row)].sort(([one], [other]) => one - other);
  return {
    name: desk.language === 'fr' ? 'Hors de la définition de l’étude' : 'Not in the study definition',
    repeating: true,
    layout: 'record',
    rows: rows.map(([row, ofRow]) => ({
      row,
      items: ofRow.map((value) => planItem(desk, value, value, desk.model.item(value.item))),
      blank: [],
    })),
  };
}

export function countValues(values: readonly RecordedValue[]): number {
  return values.filter((value) => !isEmpty(value)).length;
}
