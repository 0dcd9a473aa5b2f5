/** Makes signatures, and finds those that have to be made again. Whether the person is who signs is asked before, in session.ts. */
import { auditEvent } from '#shared/audit.ts';
import type { MethodInput } from '#shared/bridge.ts';
import { isFilledIn } from '#shared/filled-in.ts';
import { nothing } from '#shared/item-value/reading.ts';
import {
  planMoves,
  type AcceptedPlan,
  type FilledValue,
  type SaveContext,
  type SavePlan,
} from '#shared/plan-save.ts';
import type { ItemValue, SubjectRecord } from '#shared/record.ts';
import {
  contentHash,
  toSignedForms,
  type Meaning,
  type Signature,
  type SignedScope,
} from '#shared/signature.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { isInScope } from '#shared/workflow.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, toLocalMinute, type Clock, type Moment } from '../clock.ts';
import { carryOut } from './forms.ts';
import { fullNameOf } from './people.ts';
import type { SubjectRowId } from './record-rows.ts';
import { addSignature, signaturesOf } from './signature-rows.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';
import { sha256 } from './trail.ts';
import { requireMoving } from './workflow.ts';

export interface SignaturesService {
  /** `savedAt`: when the subject was changed last, as the person saw it; undefined where nobody looks. */
  sign(
    actor: Actor,
    scope: SignedScope,
    meaning: Meaning,
    savedAt: string | undefined,
  ): { signature: Signature };
  list(actor: Actor, input: MethodInput<'signatures.list'>): { signatures: readonly Signature[] };
  owed(actor: Actor): { signatures: readonly Signature[] };
}

/** Signatures with a change since, and none later for the same scope. A file altered from outside is for `verify` to tell. */
const selectOwed = `
  SELECT DISTINCT subject.number FROM signature JOIN subject ON subject.id = signature.subject_id
  WHERE EXISTS (
      SELECT 1 FROM form JOIN audit ON audit.form_id = form.id
      WHERE form.subject_id = signature.subject_id AND (signature.event IS NULL OR form.event = signature.event)
        AND (signature.form IS NULL OR form.form = signature.form) AND audit.item_id IS NOT NULL AND audit.seq > signature.trail_seq
        AND audit.action IN ('value.set', 'value.parked', 'value.unparked', 'row.removed')
    )
    AND NOT EXISTS (
      SELECT 1 FROM signature AS later WHERE later.subject_id = signature.subject_id AND later.event IS signature.event
        AND later.form IS signature.form AND later.id > signature.id
    )
  ORDER BY subject.number LIMIT 500`;

export function createSignatures(clock: Clock): SignaturesService {
  return {
    sign: (actor, scope, meaning, savedAt) => {
      const { site } = actor;
      const moment = readMoment(clock);
      return carryOut(
        actor,
        scope.subject,
        moment,
        requireSubject,
        (record, context, subject) => {
          const changedAt = site.rows.changedAt(subject);
          const stands = changedAt === null ? null : toIsoUtc(changedAt);
          if (savedAt !== undefined && savedAt !== stands) throw refuse('changed-before-signing');
          return planSignature(actor, scope, record, context, subject, moment);
        },
        () => {
          const subject = requireSubject(actor, scope.subject);
          const signature = signaturesOf(site.db, subject, site.rows.record(subject)).at(-1);
          if (signature === undefined) throw new Error('the signature just made is not there');
          return { signature };
        },
        (subject, plan) => {
          write(actor, scope, meaning, subject, plan, moment);
        },
      );
    },
    list: (actor, { subject: number }) => {
      const subject = requireSubject(actor, number);
      return { signatures: signaturesOf(actor.site.db, subject, actor.site.rows.record(subject)) };
    },
    owed: (actor) => {
      const { db } = actor.site;
      const numbers = db.prepare<[], string>(selectOwed).pluck().all();
      return {
        signatures: numbers.flatMap((number) => {
          const subject = requireSubject(actor, number);
          return owedAmong(signaturesOf(db, subject, actor.site.rows.record(subject)));
        }),
      };
    },
  };
}

function planSignature(
  actor: Actor,
  scope: SignedScope,
  record: SubjectRecord,
  context: SaveContext,
  subject: SubjectRowId,
  moment: Moment,
): SavePlan {
  const { site, user } = actor;
  const moving = requireMoving(actor, 'sign', scope, record, context, subject);
  const valid = signaturesOf(site.db, subject, record).filter(({ validity }) => validity.state === 'valid');
  if (valid.some((one) => isSameScope(one, scope) && one.user === user))
    throw refuse('signed-already', { user });

  const covered = record.forms.filter((status) => status.state !== 'empty' && isInScope(scope, status));
  const filled = formsToFill(site.model, scope, record, valid);
  // What stands in those forms can't hold its own hash: it names that of the others.
  const others = record.values.filter((value) => !filled.some((place) => isSameForm(place, value)));
  const hash = contentHash({ ...record, values: others }, scope, site.fingerprint, sha256);
  const filling = filled.flatMap(({ event, form }) =>
    valuesOfForm(site.model, event, form, {
      by: fullNameOf(site.db, user),
      at: toLocalMinute(moment),
      forms: (most) =>
        toSignedForms(
          covered.filter((status) => !filled.some((other) => isSameForm(other, status))),
          hash,
          most,
        ),
    }),
  );
  const to = 'signed';
  return planMoves(
    site.model,
    record,
    [...moving, ...filled].map(({ event, form }) => ({ event, form, to })),
    context,
    { filling },
  );
}

/**
 * The forms that hold the signature itself, in the scope: those still empty, and those whose own signature no longer holds.
 * One that another valid signature covers stays as it is, and so does a locked one.
 */
function formsToFill(
  model: StudyModel,
  scope: SignedScope,
  record: SubjectRecord,
  valid: readonly Signature[],
): readonly { readonly event: string; readonly form: string }[] {
  // A signature of one form says nothing of its visit.
  if (scope.form !== null) return [];
  const begun = new Set(record.forms.filter(({ state }) => state !== 'empty').map(({ event }) => event));
  return model.eventInstances.flatMap(({ id: event, event: studyEvent }) => {
    // A visit that was not held is not signed.
    if (!begun.has(event) || !isInScope(scope, { event, form: '' })) return [];
    return model.forms
      .filter((placed) => isFilledIn(placed) && model.duty(studyEvent, placed.form.id) !== null)
      .map(({ form }) => ({ event, form: form.id }))
      .filter((place) => {
        const state = record.forms.find((status) => isSameForm(status, place))?.state ?? 'empty';
        return state !== 'locked' && !valid.some((signature) => isInScope(signature, place));
      });
  });
}

function valuesOfForm(
  model: StudyModel,
  event: string,
  form: string,
  signed: { readonly by: string; readonly at: string; readonly forms: (mostLetters: number) => string },
): readonly FilledValue[] {
  return (model.form(form)?.items ?? []).flatMap(({ item }): readonly FilledValue[] => {
    const place = { event, form, row: 1, item: item.id };
    const most = item.maxLength ?? 2000;
    const text = (words: string): ItemValue => ({ ...nothing, text: words.slice(0, most) });
    switch (item.system) {
      case 'signed-by':
        return [{ ...place, value: text(signed.by) }];
      case 'signed-at':
        return [{ ...place, value: { ...nothing, text: signed.at, precision: 'minute' } }];
      case 'signed-scope':
        return [{ ...place, value: text(signed.forms(most)) }];
      default:
        return [];
    }
  });
}

/** After values and states are written: the content as it now stands is what is signed. */
function write(
  { site, user, role }: Actor,
  scope: SignedScope,
  meaning: Meaning,
  subject: SubjectRowId,
  plan: AcceptedPlan,
  moment: Moment,
): void {
  const { event, form } = scope;
  const made = {
    ...{ ...scope, user, role, meaning, studyFingerprint: site.fingerprint },
    ...{ at: moment.at, offsetMinutes: moment.offsetMinutes },
    printedName: fullNameOf(site.db, user),
    contentHash: contentHash(plan.record, scope, site.fingerprint, sha256),
    trailSeq: site.trail.head().seq,
  };
  const signature = addSignature(site.db, subject, made);
  const { printedName, contentHash: hash, trailSeq, studyFingerprint } = made;
  const detail = {
    signature,
    event,
    form,
    printedName,
    meaning,
    studyFingerprint,
    contentHash: hash,
    trailSeq,
  };
  site.trail.append([
    auditEvent(site.trail.stamp({ user, role }, moment), 'signature.made', {
      subject: scope.subject,
      detail,
    }),
  ]);
}

function owedAmong(signatures: readonly Signature[]): readonly Signature[] {
  return signatures.filter(
    (one) =>
      one.validity.state === 'broken' &&
      !signatures.some((later) => later.id > one.id && isSameScope(one, later)),
  );
}

function isSameScope(one: SignedScope, other: SignedScope): boolean {
  return one.subject === other.subject && one.event === other.event && one.form === other.form;
}

function isSameForm(
  one: { readonly event: string; readonly form: string },
  other: { readonly event: string; readonly form: string },
): boolean {
  return one.event === other.event && one.form === other.form;
}
