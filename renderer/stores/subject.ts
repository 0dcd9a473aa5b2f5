/** The subject that is open: its record as saved, laid out for reading, and the findings that stand. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { OpenSubject, SaveResult } from '#shared/bridge.ts';
import { formStandings } from '#shared/form-standings.ts';
import type { Query } from '#shared/query.ts';
import type { Finding, FormState, RecordedValue, ValuePlace } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { indexSubject, type SubjectIndex } from '#shared/subject-index.ts';
import { call } from '../bridge.ts';
import { countQueries, mergeQueries, mergeSave, withoutRow } from './merge-save.ts';
import { fieldKey, formKey, type FormPlace } from './places.ts';
import { useStudy } from './study.ts';

const noFreeze = { ofSubject: null, ofSite: null } as const;
const noQueries: readonly Query[] = [];

export const useSubject = defineStore('subject', () => {
  const study = useStudy();
  const opened = shallowRef<OpenSubject | null>(null);
  const index = shallowRef<SubjectIndex | null>(null);
  /** The form that is being entered a second time: the record holds that entry in place of the first. */
  const second = shallowRef<FormPlace | null>(null);

  const subject = computed(() => opened.value?.record.subject ?? null);
  const record = computed(() => opened.value?.record ?? null);
  const findings = computed<readonly Finding[]>(() => opened.value?.findings ?? []);
  /** Those that are not closed. */
  const queries = computed<readonly Query[]>(() => opened.value?.queries ?? []);
  const queriesByField = computed(() => Map.groupBy(queries.value, fieldKey));
  const savedAt = computed(() => opened.value?.savedAt ?? null);
  const signatures = computed(() => opened.value?.signatures ?? []);
  const freezes = computed(() => opened.value?.freezes ?? noFreeze);
  /** Nothing is entered: the subject is frozen, or the whole site. */
  const isFrozen = computed(() => freezes.value.ofSubject !== null || freezes.value.ofSite !== null);
  const standings = computed(() =>
    opened.value === null
      ? []
      : formStandings(opened.value.record, findings.value, opened.value.openQueries, signatures.value),
  );
  const states = computed(
    () => new Map((record.value?.forms ?? []).map((status) => [formKey(status), status.state])),
  );
  const values = computed(
    () => new Map((record.value?.values ?? []).map((value) => [fieldKey(value), value])),
  );

  async function open(number: string): Promise<void> {
    const model = study.model ?? (await study.load());
    const found = await call('subjects.open', { subject: number });
    take(found, model, null);
  }
  /** Begins, or goes on with, the second entry of a form. */
  async function openSecond(number: string, { event, form }: FormPlace): Promise<void> {
    const model = study.model ?? (await study.load());
    const found = await call('second.begin', { subject: number, event, form });
    take(found, model, { event, form });
  }
  function take(found: OpenSubject, model: StudyModel, at: FormPlace | null): void {
    second.value = at;
    opened.value = found;
    index.value = indexSubject(model, found.record);
  }
  function close(): void {
    second.value = null;
    opened.value = null;
    index.value = null;
  }
  /** The person is entering it a second time, and does not see the first entry here. */
  function isUnseen(at: FormPlace): boolean {
    return opened.value?.unseen?.some((place) => formKey(place) === formKey(at)) ?? false;
  }
  function stateAt(at: FormPlace): FormState {
    return states.value.get(formKey(at)) ?? 'empty';
  }
  function valueAt(at: ValuePlace): RecordedValue | null {
    return values.value.get(fieldKey(at)) ?? null;
  }
  /** Does nothing when another subject was opened meanwhile: its own record is read anew. */
  function takeSave(number: string, at: FormPlace, result: SaveResult): void {
    if (opened.value === null || subject.value !== number) return;
    replace({
      ...opened.value,
      record: mergeSave(opened.value.record, at, result),
      findings: result.findings,
      ...withQueries(opened.value, result.queries),
      savedAt: result.savedAt,
    });
    void refreshSignatures(number);
  }
  function takeRemoval(
    number: string,
    at: FormPlace,
    items: ReadonlySet<string>,
    row: number,
    result: SaveResult,
  ): void {
    if (opened.value === null || subject.value !== number) return;
    const left = withoutRow(opened.value.record, at, items, row);
    replace({
      ...opened.value,
      record: mergeSave(left, at, result),
      findings: result.findings,
      ...withQueries(opened.value, result.queries),
      savedAt: result.savedAt,
    });
    void refreshSignatures(number);
  }
  function takeFindings(number: string, fresh: readonly Finding[]): void {
    if (opened.value === null || subject.value !== number) return;
    opened.value = { ...opened.value, findings: fresh };
  }
  /** A change may have broken a signature: which one still holds is worked out where the trail is. */
  async function refreshSignatures(number: string): Promise<void> {
    if (signatures.value.length === 0) return;
    try {
      const fresh = await call('signatures.list', { subject: number });
      if (opened.value !== null && subject.value === number)
        opened.value = { ...opened.value, signatures: fresh.signatures };
    } catch {
      // The value is saved; what its signatures say is told at the next opening.
    }
  }
  function takeQueries(number: string, moved: readonly Query[]): void {
    if (opened.value === null || subject.value !== number || moved.length === 0) return;
    opened.value = { ...opened.value, ...withQueries(opened.value, moved) };
  }
  function queriesAt(at: ValuePlace): readonly Query[] {
    return queriesByField.value.get(fieldKey(at)) ?? noQueries;
  }
  function replace(next: OpenSubject): void {
    if (study.model === null) return;
    opened.value = next;
    index.value = indexSubject(study.model, next.record);
  }
  return {
    subject,
    record,
    index,
    findings,
    queries,
    queriesAt,
    savedAt,
    second,
    open,
    openSecond,
    isUnseen,
    close,
    stateAt,
    valueAt,
    takeSave,
    takeRemoval,
    takeFindings,
    signatures,
    freezes,
    isFrozen,
    standings,
    refreshSignatures,
    takeQueries,
  };
});

/** What stands in the way of a review is said by the counts: they move with the queries. */
function withQueries(
  { queries, openQueries }: OpenSubject,
  moved: readonly Query[],
): Pick<OpenSubject, 'queries' | 'openQueries'> {
  const now = mergeQueries(queries, moved);
  return { queries: now, openQueries: countQueries(openQueries, queries, now) };
}
