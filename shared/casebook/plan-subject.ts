/** A subject's casebook: events in the order of the study, and in each the forms that were begun and those that were not. */
import type { CasebookEvent, CasebookSubject } from '../casebook.ts';
import type { RecordedValue } from '../record.ts';
import type { StudyModel } from '../study-model.ts';
import { indexSubject } from '../subject-index.ts';
import { scheduleOf } from '../visit-schedule.ts';
import { visibility } from '../visibility.ts';
import { placeWords } from './answer-words.ts';
import { countValues, planForm, type Desk, type FormAt } from './plan-form.ts';
import { createMarkWords } from './plan-marks.ts';
import { confirmationOf, fillShelves, type CasebookOptions, type SubjectSource } from './sources.ts';

export type { CasebookOptions, SubjectSource } from './sources.ts';

export function planSubject(
  model: StudyModel,
  whole: SubjectSource,
  options: CasebookOptions,
): CasebookSubject {
  const { language, history } = options;
  const source = options.event === null ? whole : ofEvent(whole, options.event);
  const index = indexSubject(model, whole.record);
  const desk: Desk = {
    ...{ model, index, source, language, history },
    visible: visibility(model, index),
    shelves: fillShelves(source),
    marks: createMarkWords(model, language),
  };
  const forms = formsOf(source);
  const shown = scheduleOf(model, index, options.now).map(({ instance }) => instance.id);
  const events = eventsOf(model, [...shown, ...forms.keys()])
    .filter((event) => options.event === null || event === options.event)
    .map((event) => planEvent(desk, event, forms.get(event) ?? []));
  const { shelves, marks } = desk;
  const course = [...shelves.changes.takeWhere(() => true), ...shelves.notes.takeWhere(() => true)].sort(
    (one, other) => one.seq - other.seq,
  );
  const { findings, queries, signatures, trail } = source;
  return {
    subject: source.record.subject,
    events,
    signatures: shelves.signatures.takeWhere(() => true).map(marks.signature),
    queries: shelves.queries.takeWhere(() => true).map((query) => marks.query(query, false)),
    findings: shelves.findings
      .takeWhere(() => true)
      .map((finding) => ({
        ...marks.finding(finding, confirmationOf(source, finding)),
        about: `${finding.event}, ${placeWords(model, finding, language)}`,
      })),
    course: history ? course.map(marks.note) : [],
    counts: {
      values: countValues(source.record.values),
      forms: [...forms.values()].flat().filter(({ state, values }) => state !== 'empty' || values.length > 0)
        .length,
      openFindings: findings.filter(({ status }) => status === 'open').length,
      openQueries: queries.filter(({ state }) => state !== 'closed').length,
      signatures: signatures.length,
      history: history ? trail.length : 0,
    },
  };
}

function planEvent(desk: Desk, event: string, forms: readonly FormAt[]): CasebookEvent {
  const { model, language, shelves, marks } = desk;
  const instance = model.event(event);
  const begun = new Set(forms.map(({ form }) => form));
  const orderOf = ({ form }: FormAt): number => model.form(form)?.order ?? Number.MAX_SAFE_INTEGER;
  const signatures = shelves.signatures.take(`${event}|`).map(marks.signature);
  return {
    event,
    name: instance?.event.name[language] ?? event,
    signatures,
    forms: forms.toSorted((one, other) => orderOf(one) - orderOf(other)).map((at) => planForm(desk, at)),
    empty: model.forms.flatMap(({ form }) => {
      const duty = instance === undefined ? null : model.duty(instance.event, form.id);
      if (duty === null || begun.has(form.id)) return [];
      return [{ form: form.id, name: form.name[language], required: duty === 'required' }];
    }),
  };
}

/** By event: every form with a value, a state, or anything said about it. */
function formsOf({ record, findings, queries }: SubjectSource): ReadonlyMap<string, readonly FormAt[]> {
  const found = new Map<string, Map<string, { at: FormAt; values: RecordedValue[] }>>();
  const open = (event: string, form: string): { at: FormAt; values: RecordedValue[] } => {
    const ofEvent = found.get(event) ?? new Map<string, { at: FormAt; values: RecordedValue[] }>();
    found.set(event, ofEvent);
    const state =
      record.forms.find((known) => known.event === event && known.form === form)?.state ?? 'empty';
    const values: RecordedValue[] = [];
    const opened = ofEvent.get(form) ?? { at: { event, form, state, values }, values };
    ofEvent.set(form, opened);
    return opened;
  };
  for (const { event, form, state } of record.forms) if (state !== 'empty') open(event, form);
  for (const value of record.values) open(value.event, value.form).values.push(value);
  for (const { event, form } of [...findings, ...queries]) open(event, form);
  return new Map([...found].map(([event, forms]) => [event, [...forms.values()].map(({ at }) => at)]));
}

/** Each once, in the order of the study; those that it no longer has come last. */
function eventsOf(model: StudyModel, events: readonly string[]): readonly string[] {
  const orderOf = (event: string): number => model.event(event)?.order ?? Number.MAX_SAFE_INTEGER;
  return [...new Set(events)].sort((one, other) => orderOf(one) - orderOf(other));
}

/** What is about one visit. A signature of the whole subject covers it as well. */
function ofEvent(source: SubjectSource, event: string): SubjectSource {
  const isHere = (one: { readonly event: string | null }): boolean => one.event === event;
  return {
    ...source,
    record: {
      ...source.record,
      forms: source.record.forms.filter(isHere),
      values: source.record.values.filter(isHere),
    },
    findings: source.findings.filter(isHere),
    queries: source.queries.filter(isHere),
    signatures: source.signatures.filter((signature) => signature.event === null || isHere(signature)),
    trail: source.trail.filter(isHere),
  };
}
