/**
 * What is being entered: drafts of fields, the findings that they would bring, and the saves on their way.
 * Drafts belong to the person's work and not to a page: they outlive navigation and the idle lock.
 */
import { defineStore } from 'pinia';
import { computed, shallowReactive, shallowRef, watch } from 'vue';
import type { SaveResult } from '#shared/bridge.ts';
import type { DraftInput } from '#shared/contract/survival.ts';
import { readItem, type RowContext } from '#shared/item-value.ts';
import type { Finding, ValuePlace } from '#shared/record.ts';
import { valueAt as indexedValueAt, type SubjectIndex } from '#shared/subject-index.ts';
import { call, toRefusal } from '../bridge.ts';
import { localMinute } from './clock.ts';
import { createCommitLine } from './commit-line.ts';
import {
  changesNothing,
  needsReason,
  toChange,
  toEngineDrafts,
  type ChangeAsked,
  type DraftStage,
  type FieldDraft,
} from './field-draft.ts';
import { byForm } from './drafts-by-form.ts';
import { checkDrafts } from './live-check.ts';
import { regroupFindings } from './live-findings.ts';
import { fieldKey, formKey, type FormPlace } from './places.ts';
import { usePreferences } from './preferences.ts';
import { useSecondEntries } from './second-entries.ts';
import { useSession } from './session.ts';
import { useStudy } from './study.ts';
import { useSubject } from './subject.ts';

const nobody = '';

export const useEntry = defineStore('entry', () => {
  const study = useStudy();
  const subject = useSubject();
  const secondEntries = useSecondEntries();
  const preferences = usePreferences();
  const session = useSession();
  const inLine = createCommitLine();

  /** By subject and field. */
  const drafts = shallowReactive(new Map<string, FieldDraft>());
  const liveIndex = shallowRef<SubjectIndex | null>(null);
  /** The minute for which the findings were worked out. */
  const liveNow = shallowRef(localMinute());
  const liveFindings = shallowRef<readonly Finding[]>([]);
  const findingsByField = shallowReactive(new Map<string, readonly Finding[]>());

  /** Subjects of drafts that were put back before the subject was open, by the entry that they are of. */
  const comesBack = new Set<string>();

  let pending: ReturnType<typeof setTimeout> | undefined;

  const unsaved = computed(() => [...drafts.values()]);

  const isSecond = computed(() => subject.second !== null);

  function keyOf(
    place: ValuePlace,
    of = subject.subject ?? nobody,
    entry: 'first' | 'second' = isSecond.value ? 'second' : 'first',
  ): string {
    return `${entry}|${of}|${fieldKey(place)}`;
  }
  function keyOfDraft(draft: FieldDraft): string {
    return keyOf(draft.place, draft.subject, draft.isSecond ? 'second' : 'first');
  }
  /** Typed into the entry that is on the screen. */
  function isHere(draft: FieldDraft): boolean {
    return draft.subject === subject.subject && draft.isSecond === isSecond.value;
  }
  function draftAt(place: ValuePlace): FieldDraft | null {
    return drafts.get(keyOf(place)) ?? null;
  }
  function rowContext(place: ValuePlace): RowContext {
    const index = liveIndex.value;
    return { valueOf: (item) => (index === null ? null : indexedValueAt(index, { ...place, item })) };
  }
  function put(draft: FieldDraft): void {
    drafts.set(keyOfDraft(draft), draft);
  }
  function drop(draft: FieldDraft): void {
    drafts.delete(keyOfDraft(draft));
  }
  function stage(draft: FieldDraft, next: DraftStage): FieldDraft {
    const staged = { ...draft, stage: next, refusal: null };
    put(staged);
    return staged;
  }

  /** Puts a text into a field without saving it. */
  function type(place: ValuePlace, typed: string): void {
    const placed = study.model?.item(place.item);
    if (study.model === null || placed === undefined || subject.subject === null) return;
    const before = draftAt(place);
    put({
      subject: subject.subject,
      isSecond: isSecond.value,
      place,
      typed,
      reading: readItem(study.model, placed, typed, preferences.language, rowContext(place)),
      stage: 'typing',
      baseVersion: before?.baseVersion ?? subject.valueAt(place)?.version ?? 0,
      reason: before?.reason ?? null,
      refusal: null,
    });
    refreshSoon();
  }

  /** The person is done with these fields: each is saved, or tells why it can't be. One call saves them all. */
  async function commit(places: readonly ValuePlace[]): Promise<void> {
    // The lock takes the focus out of a field in mid-word: that is no reason to save half of it.
    if (session.isLocked) return;
    const ready: FieldDraft[] = [];
    for (const place of places) {
      const draft = draftAt(place);
      if (
        draft === null ||
        draft.stage === 'waiting' ||
        draft.stage === 'saving' ||
        draft.stage === 'conflict'
      )
        continue;
      if (!draft.reading.ok) stage(draft, 'unreadable');
      else if (changesNothing(draft.reading, subject.valueAt(place))) drop(draft);
      else if (draft.reason === null && needsReason(subject.stateAt(place))) stage(draft, 'reason');
      else ready.push(stage(draft, 'waiting'));
    }
    refresh();
    await Promise.all(
      byForm(ready, keyOfDraft).map(({ at, of, keys }) =>
        inLine(`${of}|${formKey(at)}`, () => send(of, at, keys)),
      ),
    );
  }

  async function save(
    of: string,
    { event, form }: FormPlace,
    changes: readonly ChangeAsked[],
    second: boolean,
  ): Promise<SaveResult> {
    const place = { subject: of, event, form };
    if (second) return call('second.save', { ...place, changes: [...changes] });
    return call('forms.save', { ...place, changes: [...changes] });
  }

  /** The saves of the form that are on their way have come back. */
  async function settled(at: FormPlace): Promise<void> {
    await inLine(`${subject.subject ?? nobody}|${formKey(at)}`, () => Promise.resolve());
  }

  async function send(of: string, at: FormPlace, keys: readonly string[]): Promise<void> {
    const waiting = keys.flatMap((key) => drafts.get(key) ?? []).filter((draft) => draft.stage === 'waiting');
    const sent = waiting.map((draft) => stage(draft, 'saving'));
    const second = sent[0]?.isSecond ?? false;
    const changes = sent.flatMap((draft) => {
      const placed = study.model?.item(draft.place.item);
      return placed === undefined ? [] : [toChange(placed, draft)];
    });
    if (changes.length === 0) return;
    try {
      const result = await save(of, at, changes, second);
      for (const draft of sent) if (drafts.get(keyOfDraft(draft)) === draft) drop(draft);
      for (const value of result.values) {
        const later = drafts.get(keyOf(value, of, second ? 'second' : 'first'));
        if (later !== undefined) put({ ...later, baseVersion: value.version });
      }
      if (second === isSecond.value) subject.takeSave(of, at, result);
    } catch (error) {
      await fail(of, sent, error);
    }
    refresh();
  }

  /** Nothing is tried again on its own: the typed text stays, with the reason. */
  async function fail(of: string, sent: readonly FieldDraft[], error: unknown): Promise<void> {
    const refusal = toRefusal(error);
    session.noteRefusal(error);
    const isConflict = refusal.key === 'value-changed-meanwhile';
    const failed: DraftStage = isConflict
      ? 'conflict'
      : refusal.code === 'reason-needed'
        ? 'reason'
        : 'refused';
    for (const draft of sent) {
      // Typed into again meanwhile: that text has its own turn.
      if (drafts.get(keyOfDraft(draft)) === draft) put({ ...draft, stage: failed, refusal });
    }
    if (!isConflict || subject.subject !== of) return;
    if (subject.second === null) await subject.open(of);
    else await subject.openSecond(of, subject.second);
  }

  async function give(place: ValuePlace, typed: string): Promise<void> {
    type(place, typed);
    await commit([place]);
  }
  /** Several fields at once, as a paste does: readable ones are saved in one call. */
  async function giveAll(
    texts: readonly { readonly place: ValuePlace; readonly typed: string }[],
  ): Promise<void> {
    for (const { place, typed } of texts) type(place, typed);
    // ">35000 ng/L" brings its own unit: the empty cell for it, pasted beside it, says nothing against that.
    const brought = new Set(texts.flatMap(({ place }) => partsOf(draftAt(place))));
    for (const { place, typed } of texts)
      if (typed === '' && brought.has(fieldKey(place))) drafts.delete(keyOf(place));
    await commit(texts.map(({ place }) => place));
  }
  async function giveReason(places: readonly ValuePlace[], reason: string): Promise<void> {
    for (const place of places) {
      const draft = draftAt(place);
      if (draft !== null) put({ ...draft, reason, stage: 'typing', refusal: null });
    }
    await commit(places);
  }
  function discard(place: ValuePlace): void {
    drafts.delete(keyOf(place));
    refresh();
  }
  /** After a conflict: what was typed counts over what stands now. */
  async function insist(place: ValuePlace): Promise<void> {
    const draft = draftAt(place);
    if (draft === null) return;
    put({ ...draft, stage: 'typing', baseVersion: subject.valueAt(place)?.version ?? 0, refusal: null });
    await commit([place]);
  }
  async function retryAll(): Promise<void> {
    const again = unsaved.value.filter((draft) => draft.stage === 'refused' || draft.stage === 'typing');
    for (const draft of again) if (draft.reading.ok) stage(draft, 'waiting');
    await Promise.all(
      byForm(again, keyOfDraft).map(({ at, of, keys }) =>
        inLine(`${of}|${formKey(at)}`, () => send(of, at, keys)),
      ),
    );
  }
  /** Kept from an earlier session: as if typed now, over the version that they were typed over then. */
  function putBack(kept: readonly DraftInput[]): void {
    for (const { subject: of, typed, baseVersion, isSecond: second = false, ...place } of kept) {
      const placed = study.model?.item(place.item);
      if (study.model === null || placed === undefined) continue;
      // The fields beside it are known once its subject is open: read again then.
      const reading = readItem(study.model, placed, typed, preferences.language, rowContext(place));
      comesBack.add(`${of}|${String(second)}`);
      put({
        ...{ subject: of, isSecond: second, place, typed, reading, baseVersion },
        stage: 'typing',
        reason: null,
        refusal: null,
      });
    }
    refresh();
  }
  function readAgain(): void {
    const { model } = study;
    if (model === null) return;
    for (const draft of unsaved.value) {
      const placed = model.item(draft.place.item);
      if (draft.stage !== 'typing' || !isHere(draft) || placed === undefined) continue;
      const reading = readItem(model, placed, draft.typed, preferences.language, rowContext(draft.place));
      put({ ...draft, reading });
    }
  }

  /** Another person comes: what somebody else typed is no longer theirs to save. */
  function forgetAll(): void {
    drafts.clear();
    refresh();
  }

  async function removeRow(at: FormPlace, group: string, row: number, reason: string | null): Promise<void> {
    const of = subject.subject;
    const placed = study.model?.group(group);
    if (of === null || placed === undefined) return;
    const items = new Set(placed.items.map(({ item }) => item.id));
    for (const item of items) drafts.delete(keyOf({ ...at, row, item }));
    const hadValues =
      subject.record?.values.some(
        (value) => formKey(value) === formKey(at) && value.row === row && items.has(value.item),
      ) ?? false;
    if (hadValues) {
      await inLine(`${of}|${formKey(at)}`, async () => {
        const input = { subject: of, event: at.event, form: at.form, group, row };
        const second = isSecond.value;
        const result = second
          ? await call('second.removeRow', input)
          : await call('forms.removeRow', reason === null ? input : { ...input, reason });
        if (second !== isSecond.value) return;
        subject.takeRemoval(of, at, items, row, result);
      });
    }
    refresh();
  }
  async function complete(at: FormPlace): Promise<void> {
    const of = subject.subject;
    if (of === null) return;
    await inLine(`${of}|${formKey(at)}`, async () => {
      subject.takeSave(of, at, await call('forms.complete', { subject: of, event: at.event, form: at.form }));
    });
    refresh();
    // It may have been drawn to be entered a second time.
    void secondEntries.count();
  }
  async function confirm(finding: Finding, reason: string): Promise<void> {
    const of = subject.subject;
    if (of === null) return;
    const { event, form, row, item, check } = finding;
    await inLine(`${of}|${formKey(finding)}`, async () => {
      const answer = await call('findings.confirm', { subject: of, event, form, row, item, check, reason });
      subject.takeFindings(of, answer.findings);
      subject.takeQueries(of, answer.queries);
    });
    refresh();
  }

  /** After the letter is on the screen: typing never waits for the checks. */
  function refreshSoon(): void {
    pending ??= setTimeout(refresh, 0);
  }
  /** The findings that stand with what is typed now, worked out by the same functions that the main process uses. */
  function refresh(): void {
    const model = study.model;
    const saved = subject.index;
    clearTimeout(pending);
    pending = undefined;
    liveNow.value = localMinute();
    if (model === null || saved === null || subject.record === null) {
      liveIndex.value = null;
      liveFindings.value = [];
    } else {
      const own = unsaved.value.filter(isHere);
      const engineDrafts = own.flatMap((draft) =>
        toEngineDrafts(model, draft, rowContext(draft.place), preferences.language),
      );
      const live = checkDrafts(
        model,
        { index: saved, findings: subject.findings, forms: subject.record.forms },
        engineDrafts,
        liveNow.value,
        isSecond.value ? 'second-entry' : 'entry',
      );
      liveIndex.value = live.index;
      liveFindings.value = live.findings;
    }
    regroupFindings(findingsByField, liveFindings.value);
  }
  watch(
    () => session.session?.user ?? null,
    (user, before) => {
      // The journal keeps them for their author.
      if (before !== null && user !== before) forgetAll();
    },
  );
  watch(
    () => subject.index,
    () => {
      refresh();
      if (!comesBack.delete(`${subject.subject ?? nobody}|${String(isSecond.value)}`)) return;
      readAgain();
      refresh();
    },
    { flush: 'sync' },
  );
  watch(() => subject.findings, refresh, { flush: 'sync' });

  return {
    drafts,
    unsaved,
    liveIndex,
    liveNow,
    liveFindings,
    findingsByField,
    isHere,
    draftAt,
    rowContext,
    type,
    commit,
    settled,
    give,
    giveAll,
    giveReason,
    discard,
    insist,
    retryAll,
    forgetAll,
    putBack,
    removeRow,
    complete,
    confirm,
  };
});

/** Fields that a measurement fills beside its own. */
function partsOf(draft: FieldDraft | null): readonly string[] {
  if (draft?.reading.ok !== true) return [];
  return draft.reading.spread.map(({ item }) => fieldKey({ ...draft.place, item }));
}
