/** What is known of a subject after a save: the main process answers with what changed, never with everything. */
import type { SaveResult } from '#shared/bridge.ts';
import type { OpenQueries } from '#shared/contract/workflow.ts';
import type { Query } from '#shared/query.ts';
import type { FormStatus, RecordedValue, SubjectRecord } from '#shared/record.ts';
import { fieldKey, formKey, type FormPlace } from './places.ts';

export function mergeSave(record: SubjectRecord, at: FormPlace, result: SaveResult): SubjectRecord {
  const written = new Map(result.values.map((value) => [fieldKey(value), value]));
  const kept = record.values.filter((value) => !written.has(fieldKey(value)));
  return {
    ...record,
    forms: result.states.reduce(
      (forms, status) => withState(forms, status, status.state),
      withState(record.forms, at, result.formState),
    ),
    values: [...kept, ...result.values],
  };
}

/** A removed row leaves with all values of its group; its answers stay in the trail. */
export function withoutRow(
  record: SubjectRecord,
  at: FormPlace,
  items: ReadonlySet<string>,
  row: number,
): SubjectRecord {
  const isOfRow = (value: RecordedValue): boolean =>
    value.row === row && items.has(value.item) && formKey(value) === formKey(at);
  return { ...record, values: record.values.filter((value) => !isOfRow(value)) };
}

/** `moved` as they are now: those that closed leave. The same list when none moved. */
export function mergeQueries(queries: readonly Query[], moved: readonly Query[]): readonly Query[] {
  if (moved.length === 0) return queries;
  const ids = new Set(moved.map(({ id }) => id));
  return [
    ...queries.filter(({ id }) => !ids.has(id)),
    ...moved.filter(({ state }) => state !== 'closed'),
  ].sort((one, other) => one.id - other.id);
}

/** The forms' counts after that: by the difference, since a query that this person isn't told of counts as well. */
export function countQueries(
  counts: readonly OpenQueries[],
  before: readonly Query[],
  after: readonly Query[],
): readonly OpenQueries[] {
  if (before === after) return counts;
  const places = new Map([...counts, ...before, ...after].map((at) => [formKey(at), at]));
  return [...places].map(([key, { event, form }]) => {
    const among = (queries: readonly Query[]): number =>
      queries.filter((query) => formKey(query) === key).length;
    const known = counts.find((at) => formKey(at) === key)?.count ?? 0;
    return { event, form, count: known + among(after) - among(before) };
  });
}

function withState(
  forms: readonly FormStatus[],
  at: FormPlace,
  state: FormStatus['state'],
): readonly FormStatus[] {
  const others = forms.filter((status) => formKey(status) !== formKey(at));
  return [...others, { event: at.event, form: at.form, state }];
}
