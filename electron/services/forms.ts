/** Carries out what shared/plan-save.ts decides: values, trail, form states and findings in one transaction. */
import { eventsOfPlan } from '#shared/audit.ts';
import type { MethodInput, SaveResult } from '#shared/bridge.ts';
import { nothing } from '#shared/item-value/reading.ts';
import {
  planComplete,
  planRemoveRow,
  planSave,
  type AcceptedPlan,
  type SaveContext,
  type SavePlan,
  type ValueWrite,
} from '#shared/plan-save.ts';
import { placeKey } from '#shared/plan-save/draft-record.ts';
import type { Query } from '#shared/query.ts';
import type { Change, Finding, RecordedValue, SubjectRecord } from '#shared/record.ts';
import { AppError } from '../app-error.ts';
import { readMoment, toIsoUtc, toLocalMinute, type Clock, type Moment } from '../clock.ts';
import { tellBroken } from './broken-signatures.ts';
import { requireNotFrozen } from './freeze-rows.ts';
import { settleQueries } from './query-keeping.ts';
import type { SubjectRowId } from './record-rows.ts';
import { drawSecondEntries } from './second-draw.ts';
import type { Actor } from './site.ts';
import { statusOf } from './subject-status.ts';
import { enrolWithin, requireSubject } from './subjects.ts';

export interface FormsService {
  save(actor: Actor, input: MethodInput<'forms.save'>): SaveResult;
  removeRow(actor: Actor, input: MethodInput<'forms.removeRow'>): SaveResult;
  complete(actor: Actor, input: MethodInput<'forms.complete'>): SaveResult;
  /** The command line's way in: a subject that is not there yet is enrolled in the same transaction. */
  enter(actor: Actor, subject: string, change: Change): EnteredValue;
  /** Several changes of a new or known subject, and the forms that are complete with them, in one transaction. */
  enterAll(
    actor: Actor,
    subject: string,
    changes: readonly Change[],
    completing?: readonly FormPlace[],
  ): SaveResult;
  /** Writes what was decided where two entries of a form differ: one answer, or a whole row taken out. */
  correct(actor: Actor, subject: string, correction: Correction): SaveResult;
  /**
   * What an import plans for a subject, in one transaction: the values first, then the forms that are complete with
   * them. The plan is asked for inside it, so that nothing can change in between; null writes nothing.
   */
  importAll(
    actor: Actor,
    subject: string,
    plan: (record: SubjectRecord, context: SaveContext) => ImportedChanges | null,
  ): void;
}

export interface ImportedChanges {
  readonly changes: readonly Change[];
  readonly completing: readonly FormPlace[];
}

export type Correction =
  | { readonly kind: 'value'; readonly change: Change }
  | {
      readonly kind: 'row';
      readonly row: FormPlace & { readonly group: string; readonly row: number; readonly reason: string };
    };

export interface FormPlace {
  readonly event: string;
  readonly form: string;
}

export interface EnteredValue {
  /** Of the value as it stands now; 0 when an empty field was emptied. */
  readonly version: number;
  /** All findings of the subject. */
  readonly findings: readonly Finding[];
}

type Decide = (record: SubjectRecord, context: SaveContext, subject: SubjectRowId) => SavePlan;

export function createForms(clock: Clock): FormsService {
  return {
    save: (actor, { subject, event, form, changes }) => {
      const asked = changes.map((change): Change => ({ event, form, ...withoutUndefined(change) }));
      return carryOut(
        actor,
        subject,
        readMoment(clock),
        requireSubject,
        (record, context) => planSave(actor.site.model, record, asked, context),
        toResult,
      );
    },
    removeRow: (actor, { subject, reason, ...place }) => {
      const asked = { ...place, ...(reason === undefined ? {} : { reason }) };
      return carryOut(
        actor,
        subject,
        readMoment(clock),
        requireSubject,
        (record, context) => planRemoveRow(actor.site.model, record, asked, context),
        toResult,
      );
    },
    complete: (actor, { subject, event, form }) =>
      carryOut(
        actor,
        subject,
        readMoment(clock),
        requireSubject,
        (record, context) => planComplete(actor.site.model, record, { event, form }, context),
        toResult,
      ),
    enter: (actor, subject, change) =>
      carryOut(
        actor,
        subject,
        readMoment(clock),
        enrolWithin,
        (record, context) => planSave(actor.site.model, record, [change], context),
        ({ record, findings }) => ({
          version: record.values.find((value) => placeKey(value) === placeKey(change))?.version ?? 0,
          findings,
        }),
      ),
    enterAll: (actor, subject, changes, completing) =>
      carryOut(
        actor,
        subject,
        readMoment(clock),
        enrolWithin,
        (record, context) => planSave(actor.site.model, record, changes, context, completing),
        toResult,
      ),
    correct: (actor, subject, correction) =>
      carryOut(
        actor,
        subject,
        readMoment(clock),
        requireSubject,
        (record, entryContext) => {
          // The write is the second entry's; which checks are due is still the form's own matter.
          const context = { ...entryContext, origin: 'second-entry', phase: 'entry' } as const;
          return correction.kind === 'value'
            ? planSave(actor.site.model, record, [correction.change], context)
            : planRemoveRow(actor.site.model, record, correction.row, context);
        },
        toResult,
      ),
    importAll: (actor, subject, plan) => {
      const moment = readMoment(clock);
      const { site } = actor;
      const work = site.db.transaction(() => {
        const planned = plan(...importView(actor, subject, moment));
        if (planned === null) return;
        const { changes, completing } = planned;
        const done = (): null => null;
        carryOut(
          ...([actor, subject, moment, enrolWithin] as const),
          (record, context) => planSave(site.model, record, changes, { ...context, ...asImport }),
          done,
        );
        if (completing.length === 0) return;
        carryOut(
          ...([actor, subject, moment, requireSubject] as const),
          (record, context) => planSave(site.model, record, [], { ...context, ...asImport }, completing),
          done,
        );
      });
      try {
        work.immediate();
      } catch (error) {
        // What the inner steps kept may have been taken back.
        site.rows.forget();
        throw error;
      }
    },
  };
}

/** What an import writes is checked like any entry from then on: the findings that are kept are those of entry. */
const asImport = { origin: 'import', phase: 'entry' } as const;

/** What an import plans on: a subject that is not there yet has nothing. */
export function importView(
  { site }: Actor,
  number: string,
  moment: Moment,
): [record: SubjectRecord, context: SaveContext] {
  const subject = site.rows.subject(number);
  const context = { now: toLocalMinute(moment), origin: 'import', language: 'en' } as const;
  if (subject === null)
    return [
      { subject: number, site: site.siteCode, forms: [], values: [] },
      { ...context, confirmed: new Map() },
    ];
  const standing = site.rows.standing(subject);
  const confirmed = site.findings.confirmed(subject);
  return [site.rows.record(subject), { ...context, confirmed, standing }];
}

/**
 * BEGIN IMMEDIATE: what the plan was decided on can't change before it is written. A refusal leaves nothing behind.
 * `alsoWrite` belongs to the same transaction, once the plan is written.
 */
export function carryOut<Result>(
  actor: Actor,
  number: string,
  moment: Moment,
  find: typeof enrolWithin,
  decide: Decide,
  toAnswer: (plan: AcceptedPlan, savedAt: number, queries: readonly Query[]) => Result,
  alsoWrite: (subject: SubjectRowId, plan: AcceptedPlan) => void = () => undefined,
): Result {
  const { site } = actor;
  const isNew = site.rows.subject(number) === null;
  const done = site.db
    .transaction(() => {
      const subject = find(actor, number, moment);
      requireNotFrozen(site, subject);
      const standing = site.rows.standing(subject);
      const context = {
        standing,
        now: toLocalMinute(moment),
        confirmed: site.findings.confirmed(subject),
        origin: 'entry',
        language: 'en',
      } as const;
      const plan = decide(site.rows.record(subject), context, subject);
      if (!plan.ok) throw new AppError(plan.refusal);
      const queries = writePlan(actor, subject, plan, moment, standing?.findings ?? null);
      alsoWrite(subject, plan);
      return { subject, plan, queries, savedAt: site.rows.changedAt(subject) ?? moment.at };
    })
    .immediate();
  // What wrote nothing left the rows as they were, findings of the clock too.
  if (done.plan.writes.length + done.plan.formStates.length > 0) site.rows.keep(done.subject, done.plan);
  if (isNew) site.finder.add(number);
  return toAnswer(done.plan, done.savedAt, done.queries);
}

/**
 * Within the caller's transaction. `known`: the findings that the rows hold, if that is known. `anew`: they are looked for
 * by another definition, whether a value changes or not.
 * Gives the queries that opened, closed or changed their state.
 */
export function writePlan(
  actor: Actor,
  subject: SubjectRowId,
  plan: AcceptedPlan,
  moment: Moment,
  known: readonly Finding[] | null,
  anew = false,
): readonly Query[] {
  const { site, user, role } = actor;
  for (const change of plan.writes) {
    if (change.kind === 'removed') site.rows.deleteValue(subject, change);
    else site.rows.writeValue(subject, toRecorded(change));
  }
  for (const { event, form, to } of plan.formStates) site.rows.setFormState(subject, event, form, to);
  const events = eventsOfPlan(plan, site.trail.stamp({ user, role }, moment));
  // What rests on the clock is kept as it was at the newest entry: a save that says nothing new rewrites nothing.
  if (events.length === 0 && !anew) return [];
  const before = known ?? site.findings.of(subject);
  const kept = settleQueries(actor, subject, { before, after: plan.findings, moment }, known !== null);
  const seqBefore = site.trail.head().seq;
  site.trail.append([...events, ...kept.events]);
  if (plan.writes.length > 0) tellBroken(actor, subject, seqBefore, moment);
  drawSecondEntries({ site, user, role }, subject, plan.formStates, moment);
  if (events.length > 0) site.rows.touch(subject, statusOf(site.model, plan.record.forms), moment.at);
  site.findings.replace(subject, plan.findings, before);
  return kept.queries;
}

function toResult(plan: AcceptedPlan, savedAt: number, queries: readonly Query[]): SaveResult {
  const values = plan.writes.filter(({ kind }) => kind !== 'removed').map(toRecorded);
  return {
    ...{ values, formState: plan.formState, findings: plan.findings, queries, savedAt: toIsoUtc(savedAt) },
    states: plan.formStates.map(({ event, form, to }) => ({ event, form, state: to })),
  };
}

function toRecorded({
  event,
  form,
  row,
  item,
  version,
  derived,
  parked,
  ...write
}: ValueWrite): RecordedValue {
  const { text, relation, number, unit, precision, missing } = write.new ?? nothing;
  return {
    event,
    form,
    row,
    item,
    text,
    relation,
    number,
    unit,
    precision,
    missing,
    version,
    derived,
    parked,
  };
}

/** zod gives optional keys as `undefined`; absent ones stay absent. */
function withoutUndefined(
  change: MethodInput<'forms.save'>['changes'][number],
): Omit<Change, 'event' | 'form'> {
  const { row, item, value, missing, baseVersion, reason } = change;
  return {
    ...{ row, item, value },
    ...(missing === undefined ? {} : { missing }),
    ...(baseVersion === undefined ? {} : { baseVersion }),
    ...(reason === undefined ? {} : { reason }),
  };
}
