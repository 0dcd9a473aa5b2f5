/** The blind second entry of a form: asked for, begun, typed value by value, completed and compared. */
import { requireNotFrozen } from './freeze-rows.ts';
import { auditEvent, type AuditEvent } from '#shared/audit.ts';
import type { MethodInput, OpenSubject, SaveResult } from '#shared/bridge.ts';
import { planRemoveRow, planSave, type AcceptedPlan, type SavePlan } from '#shared/plan-save.ts';
import { nothing } from '#shared/item-value/reading.ts';
import type { Change, RecordedValue, SubjectRecord } from '#shared/record.ts';
import { compareEntries, type ComparedField } from '#shared/second-entry/compare.ts';
import { AppError, refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock, type Moment } from '../clock.ts';
import { eligibilityFor } from './second-eligibility.ts';
import {
  authorOf,
  beginSecondEntry,
  completeSecondEntry,
  deleteSecondValue,
  giveBackSecondEntry,
  secondEntryAt,
  secondValuesOf,
  writeSecondValue,
  type SecondEntry,
} from './second-entry-rows.ts';
import { contextOf, ofForm, sheetFindings, sheetOf } from './second-sheet.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';

export interface SecondEntryService {
  begin(actor: Actor, input: MethodInput<'second.begin'>): OpenSubject;
  save(actor: Actor, input: MethodInput<'second.save'>): SaveResult;
  removeRow(actor: Actor, input: MethodInput<'second.removeRow'>): SaveResult;
  giveBack(actor: Actor, input: MethodInput<'second.giveBack'>): null;
  complete(
    actor: Actor,
    input: MethodInput<'second.complete'>,
  ): { readonly compared: number; readonly differences: number };
}

export function createSecondEntry(clock: Clock): SecondEntryService {
  return {
    begin: (actor, place) => {
      const { site, user, role } = actor;
      const moment = readMoment(clock);
      const begin = site.db.transaction((): OpenSubject => {
        requireNotFrozen(site, requireSubject(actor, place.subject));
        let entry = requireAsked(actor, place);
        if (entry.state === 'asked') {
          const isSelf = requireEligible(actor, entry, moment);
          beginSecondEntry(site.db, entry.formId, { user, isSelf, at: moment.at });
          const about = { ...place, origin: 'second-entry', detail: { self: isSelf } } as const;
          site.trail.append([auditEvent(site.trail.stamp({ user, role }, moment), 'second.begun', about)]);
          entry = requireAsked(actor, place);
        }
        requireOwn(actor, entry);
        const sheet = sheetOf(actor, entry, moment);
        return {
          record: sheet.record,
          findings: sheetFindings(actor, entry, sheet, moment),
          savedAt: null,
          // Blind to all that was said about the first entry.
          ...{ queries: [], openQueries: [], signatures: [] },
          freezes: { ofSubject: null, ofSite: null },
        };
      });
      return begin.immediate();
    },
    save: (actor, { subject, event, form, changes }) => {
      const asked = changes.map(({ row, item, value, missing, baseVersion }): Change => ({
        ...{ event, form, row, item, value },
        ...(missing === undefined ? {} : { missing }),
        ...(baseVersion === undefined ? {} : { baseVersion }),
      }));
      return write(actor, { subject, event, form }, readMoment(clock), (record, moment) =>
        planSave(actor.site.model, record, asked, contextOf(moment)),
      );
    },
    removeRow: (actor, { subject, event, form, group, row }) =>
      write(actor, { subject, event, form }, readMoment(clock), (record, moment) =>
        planRemoveRow(actor.site.model, record, { event, form, group, row }, contextOf(moment)),
      ),
    giveBack: (actor, place) => {
      const { site, user, role } = actor;
      const moment = readMoment(clock);
      const giveBack = site.db.transaction((): null => {
        giveBackSecondEntry(site.db, requireInProgress(actor, place).formId);
        const about = { ...place, origin: 'second-entry' } as const;
        site.trail.append([auditEvent(site.trail.stamp({ user, role }, moment), 'second.given-back', about)]);
        return null;
      });
      return giveBack.immediate();
    },
    complete: (actor, place) => {
      const { site } = actor;
      const moment = readMoment(clock);
      return site.db.transaction(() => complete(actor, place, moment)).immediate();
    },
  };
}

type Place = MethodInput<'second.begin'>;

function requireAsked({ site }: Actor, place: Place): SecondEntry {
  const entry = secondEntryAt(site.db, place);
  if (entry === null) throw refuse('second-unknown');
  return entry;
}

/** Whether it is a second entry by the first person. */
function requireEligible(actor: Actor, entry: SecondEntry, moment: Moment): boolean {
  const { user } = actor;
  const eligibility = eligibilityFor(actor)(entry);
  if (eligibility.kind === 'other-person') throw refuse('second-other-person', { user });
  if (eligibility.kind === 'self' && moment.at < eligibility.from)
    throw refuse('second-too-early', { user, from: toIsoUtc(eligibility.from) });
  return eligibility.kind === 'self';
}

function requireOwn({ user }: Actor, entry: SecondEntry): void {
  if (entry.user !== user) throw refuse('second-taken', { user: entry.user ?? '' });
  if (entry.state !== 'in-progress') throw refuse('second-taken', { user });
}

function requireInProgress(actor: Actor, place: Place): SecondEntry {
  requireNotFrozen(actor.site, requireSubject(actor, place.subject));
  const entry = requireAsked(actor, place);
  if (entry.state === 'asked') throw refuse('second-not-begun');
  requireOwn(actor, entry);
  return entry;
}

/** The codec, the rows and the checks of any other save; only where it is written differs. */
function write(
  actor: Actor,
  place: Place,
  moment: Moment,
  decide: (record: SubjectRecord, moment: Moment) => SavePlan,
): SaveResult {
  const { site, user, role } = actor;
  const save = site.db.transaction((): SaveResult => {
    const entry = requireInProgress(actor, place);
    const plan = decide(sheetOf(actor, entry, moment).record, moment);
    if (!plan.ok) throw new AppError(plan.refusal);
    const stamp = site.trail.stamp({ user, role }, moment);
    const events: AuditEvent[] = [];
    for (const change of typedWrites(plan, entry)) {
      const { row, item, version, kind, old, new: after } = change;
      const itemId = site.rows.itemId(item);
      if (kind === 'removed') deleteSecondValue(site.db, entry.formId, itemId, row);
      else writeSecondValue(site.db, entry.formId, itemId, { row, version, ...(after ?? nothing) });
      const about = { ...place, row, item, old, new: after, origin: 'second-entry' } as const;
      const detail = kind === 'removed' ? { detail: { removed: true } } : {};
      events.push(auditEvent(stamp, 'second.value', { ...about, ...detail }));
    }
    site.trail.append(events);
    return {
      values: plan.writes.filter(({ kind }) => kind !== 'removed').map(toRecorded),
      formState: 'in-progress',
      findings: ofForm(entry, plan.findings),
      savedAt: toIsoUtc(moment.at),
      ...{ queries: [], states: [] },
    };
  });
  return save.immediate();
}

/** What the person said: what is calculated or hidden is worked out anew each time. */
function typedWrites(plan: AcceptedPlan, entry: SecondEntry): AcceptedPlan['writes'] {
  return plan.writes.filter(
    ({ event, form, kind, derived, origin }) =>
      event === entry.event &&
      form === entry.form &&
      kind !== 'parking' &&
      !derived &&
      origin === 'second-entry',
  );
}

function toRecorded(write: AcceptedPlan['writes'][number]): RecordedValue {
  const { event, form, row, item, version, derived, parked } = write;
  return { event, form, row, item, ...(write.new ?? nothing), version, derived, parked };
}

function complete(
  actor: Actor,
  place: Place,
  moment: Moment,
): { readonly compared: number; readonly differences: number } {
  const { site, user, role } = actor;
  const entry = requireInProgress(actor, place);
  if (secondValuesOf(site.db, entry).every(({ text, missing }) => text === null && missing === null))
    throw refuse('second-empty');
  const fields = compareNow(actor, entry, moment);
  const authored = fields.map((field) => ({
    ...field,
    firstUser:
      (field.firstRow === null ? null : authorOf(site.db, entry.formId, field.item, field.firstRow)) ??
      entry.firstUser,
  }));
  const compared = new Map<string, number>();
  for (const { firstUser } of authored) compared.set(firstUser, (compared.get(firstUser) ?? 0) + 1);
  const differences = authored
    .filter(({ isSame }) => !isSame)
    .map((field, index) => ({ ...field, position: index + 1 }));
  completeSecondEntry(site.db, entry.formId, {
    at: moment.at,
    ...{ compared, differences },
    itemId: (item) => site.rows.itemId(item),
  });

  const stamp = site.trail.stamp({ user, role }, moment);
  const counts = [...compared].map(([first, count]) => [`compared by ${first}`, count] as const);
  site.trail.append([
    ...differences.map(({ position, item, row, firstRow, secondRow, firstUser, first, second }) =>
      auditEvent(stamp, 'second.differs', {
        ...{ ...place, row, item, old: first, new: second, origin: 'second-entry' },
        detail: { position, firstRow, secondRow, firstUser },
      }),
    ),
    auditEvent(stamp, 'second.completed', {
      ...{ ...place, origin: 'second-entry' },
      detail: { compared: fields.length, differences: differences.length, ...Object.fromEntries(counts) },
    }),
  ]);
  return { compared: fields.length, differences: differences.length };
}

function compareNow(actor: Actor, entry: SecondEntry, moment: Moment): readonly ComparedField[] {
  const { site } = actor;
  const form = site.model.form(entry.form);
  if (form === undefined) throw refuse('form-unknown');
  const first = site.rows
    .record(requireSubject(actor, entry.subject))
    .values.filter((value) => value.event === entry.event && value.form === entry.form);
  const second = sheetOf(actor, entry, moment).record.values.filter(
    (value) => value.event === entry.event && value.form === entry.form,
  );
  return compareEntries(form, first, second);
}
