/** Takes the forms of one subject after the other into the pool: values, states, findings, and what differs into the conflict book. */
import { nothing } from '#shared/item-value/reading.ts';
import { hash } from 'node:crypto';
import { auditEvent, type AuditEvent } from '#shared/audit.ts';
import { valueConflict, type FoundConflict } from '#shared/pool/conflict.ts';
import {
  unpack,
  type DeliveredForm,
  type DeliveredSubject,
  type DoubtfulValue,
  type PackedValue,
} from '#shared/pool/delivered.ts';
import { mergeForm, type MergedForm, type StandingValue, type ValueStep } from '#shared/pool/merge.ts';
import { sharedTraits, traitSeparator, traitsOf } from '#shared/pool/same-child.ts';
import type { FormState, ItemValue, RecordedValue, ValuePlace } from '#shared/record.ts';
import { toIsoUtc, type Moment } from '../../clock.ts';
import type { SubjectRowId } from '../record-rows.ts';
import type { HandEdit, ReadDelivery } from './delivery-file.ts';
import { keepLook, lookAgain, type Look } from './look-again.ts';
import { createValueInserter } from './insert-values.ts';
import type { PoolSite, StandingSubject } from './pool-rows.ts';
import type { BookEntry, ConflictBook } from './conflict-book.ts';
import { decideForm } from './decided-form.ts';
import type { PoolWork } from './pool-work.ts';

export interface SubjectDelivery {
  readonly subject: DeliveredSubject;
  /** Its forms are as they were, and were not read. */
  readonly isAsBefore: boolean;
  readonly forms: readonly DeliveredForm[];
  readonly doubtful: readonly DoubtfulValue[];
  readonly edits: readonly HandEdit[];
  /** What was found out about it beforehand, if anything was. */
  readonly lookAt: () => Look | null;
}

/** Forms of subjects that the list of subjects doesn't name are left where they are: there are none in an export. */
export function groupBySubject(read: ReadDelivery): readonly SubjectDelivery[] {
  const formsOf = Map.groupBy(read.forms, ({ subject }) => subject);
  const doubtsOf = Map.groupBy(read.doubtful, ({ subject }) => subject);
  const editsOf = Map.groupBy(read.edits, ({ subject }) => subject);
  return read.subjects.map((subject) => {
    const doubtful = doubtsOf.get(subject.number) ?? [];
    const edits = editsOf.get(subject.number) ?? [];
    const forms = withPlaces(subject.number, formsOf.get(subject.number) ?? [], [...doubtful, ...edits]);
    const isAsBefore = read.following?.subjects.has(subject.number) === false;
    return { subject, isAsBefore, forms, doubtful, edits, lookAt: () => read.lookAt(subject.number) };
  });
}

/** A form of which nothing is left but what waits for a decision is a form still. */
function withPlaces(
  subject: string,
  forms: readonly DeliveredForm[],
  places: readonly { readonly event: string; readonly form: string }[],
): readonly DeliveredForm[] {
  const known = new Set(forms.map(formKey));
  const lacking = new Map(
    places.filter((place) => !known.has(formKey(place))).map((place) => [formKey(place), place]),
  );
  const added = [...lacking.values()].map(({ event, form }): DeliveredForm => ({
    subject,
    event,
    form,
    state: 'in-progress',
    packed: '[]',
    values: 0,
  }));
  return [...forms, ...added];
}

const formKey = ({ event, form }: { readonly event: string; readonly form: string }): string =>
  `${event}|${form}`;

interface Delivering {
  readonly site: PoolSite;
  readonly delivery: number;
  readonly moment: Moment;
  readonly book: ConflictBook;
}

type Counts = Omit<MergedForm, 'steps' | 'isExact'>;

export interface SubjectTaker {
  take(delivered: SubjectDelivery): Counts;
  /** In the pool, of subjects by their numbers at the site. */
  numbersOf(subjects: ReadonlySet<string>): ReadonlySet<string>;
  /** By their numbers at the site; before any of them is taken. */
  countValues(subjects: ReadonlySet<string>): number;
  /** Subjects of the site that are no longer delivered at all; gives how many values were withdrawn. */
  withdrawOthers(subjects: readonly DeliveredSubject[]): number;
}

interface FormRow {
  readonly id: number;
  readonly event: string;
  readonly form: string;
  readonly state: FormState;
}
type ValueRow = Omit<RecordedValue, 'event' | 'form' | 'derived' | 'parked'> & { readonly derived: number };

const selectForms = `SELECT id, event, form, state FROM form WHERE subject_id = ? AND state <> 'empty'`;
const selectValues = `
  SELECT value.row, item.name AS item, text, relation, number, unit, precision, missing, version, derived
  FROM value JOIN item ON item.id = value.item_id WHERE form_id = ?`;

/** Of what was delivered of a form: state and values. */
export function digestOf({ state, packed }: Pick<DeliveredForm, 'state' | 'packed'>): string {
  return hash('sha256', `${state}\n${packed}`, 'hex').slice(0, 32);
}

export function createSubjectTaker(work: PoolWork, delivering: Delivering): SubjectTaker {
  const { db, model, trail, rows, pool, doer } = work;
  const { site, delivery, moment, book } = delivering;
  const putValues = createValueInserter(db, rows);
  const formsOf = db.prepare<[number], FormRow>(selectForms);
  const valuesOf = db.prepare<[number], ValueRow>(selectValues);
  const deciding = { model, site: site.code, book };
  const stamp = trail.stamp(doer, moment);
  const known = new Map(pool.subjectsOf(site.code).map((subject) => [subject.number, subject]));
  const note = (
    action: AuditEvent['action'],
    about: Partial<AuditEvent>,
    detail: Record<string, string | number | boolean | null>,
  ): AuditEvent => auditEvent(stamp, action, { origin: 'merge', ...about, detail: { delivery, ...detail } });

  /** In the pool: another number only where the site's own code is taken. */
  const numberOf = (own: string): string =>
    site.code === site.ownCode ? own : own.replace(site.ownCode, site.code);

  function enrol(delivered: DeliveredSubject, number: string): SubjectRowId {
    const subject = rows.enrol(number, delivered.enrolledAt);
    const detail = { site: site.code, enrolledAt: toIsoUtc(delivered.enrolledAt) };
    trail.append([note('subject.enrolled', { subject: number }, detail)]);
    return subject;
  }

  function take({ subject: delivered, isAsBefore, forms, doubtful, edits, lookAt }: SubjectDelivery): Counts {
    const counts = { added: 0, changed: 0, withdrawn: 0 };
    const number = numberOf(delivered.number);
    const standing = known.get(number);
    if (isAsBefore && standing !== undefined) {
      trail.append(tellDelivered(standing, delivered, standing.traits, standing));
      return counts;
    }
    const traits = traitsOf(model.study.traits, createTraitReader(forms));
    if (
      standing !== undefined &&
      isOtherChild(standing.traits, traits) &&
      !isTaken(number, standing.traits, traits)
    )
      return counts;
    const subject = standing === undefined ? enrol(delivered, number) : { id: standing.id, number };
    const events: AuditEvent[] = [];
    const formsBefore = new Map(formsOf.all(subject.id).map((row) => [formKey(row), row]));
    const doubts = Map.groupBy(doubtful, formKey);
    const byHand = Map.groupBy(edits, formKey);
    // Whether the pool will hold exactly what is delivered, and nothing else.
    let isAsDelivered = number === delivered.number && (standing === undefined || !pool.isDecidedOn(number));
    for (const form of forms) {
      const key = formKey(form);
      const stands = formsBefore.get(key);
      formsBefore.delete(key);
      const asked = { edits: byHand.get(key) ?? [], doubts: doubts.get(key) ?? [] };
      const incoming = decideForm(deciding, number, form, asked);
      const digest = digestOf(incoming);
      if (stands !== undefined && pool.digestOf(stands.id) === digest) continue;
      const place = { subject: number, event: form.event, form: form.form };
      if (stands === undefined) {
        counts.added += addForm(subject, incoming, digest);
        events.push(note('form.delivered', place, { digest, state: form.state, values: incoming.packed }));
      } else {
        const merged = mergeForm(standingIn(stands.id), unpack(incoming.packed));
        isAsDelivered &&= merged.isExact;
        events.push(...applySteps(subject, form, merged));
        events.push(note('form.delivered', place, { digest, state: form.state, values: '' }));
        rows.setFormState(subject, form.event, form.form, form.state);
        pool.putDigest(stands.id, digest);
        for (const kind of ['added', 'changed', 'withdrawn'] as const) counts[kind] += merged[kind];
      }
    }
    isAsDelivered &&= formsBefore.size === 0;
    for (const gone of formsBefore.values()) {
      const merged = mergeForm(standingIn(gone.id), []);
      events.push(...applySteps(subject, gone, merged));
      counts.withdrawn += merged.withdrawn;
    }
    const isTouched = events.length > 0;
    const before = isTouched ? undefined : standing;
    trail.append([...events, ...tellDelivered(subject, delivered, traits, before)]);
    if (traits !== null && traits !== standing?.traits) tellDoubles(number, traits);
    if (isTouched) {
      isAsDelivered &&= work.findings.confirmed(subject).size === 0;
      const look = isAsDelivered ? lookAt() : null;
      if (look === null) lookAgain(work, subject, moment);
      else keepLook(work, subject, look, moment);
    }
    return counts;
  }

  /** `before`: of a subject of whom nothing changed; nothing is told where the site says of it what it said then. */
  function tellDelivered(
    subject: SubjectRowId,
    { number: ownNumber, openHard, openSoft, openQueries }: DeliveredSubject,
    traits: string | null,
    before: StandingSubject | undefined,
  ): readonly AuditEvent[] {
    const isSame =
      before?.openHard === openHard &&
      before.openSoft === openSoft &&
      before.openQueries === openQueries &&
      before.traits === traits;
    if (isSame) return [];
    const about = { site: site.code, ownNumber, openHard, openSoft, openQueries, traits };
    pool.putSubject(subject.id, { ...about, delivery });
    return [note('subject.delivered', { subject: subject.number }, about)];
  }

  /** Whether a child who is another one than the pool has under the number takes its place. */
  function isTaken(subject: string, pooled: string | null, incoming: string | null): boolean {
    const found: FoundConflict = {
      ...{ kind: 'same-number', site: site.code, subject, other: null },
      ...{ event: null, form: null, row: null, item: null, pooled, incoming },
    };
    return book.find(found).decision === 'incoming';
  }

  function addForm(subject: SubjectRowId, form: DeliveredForm, digest: string): number {
    const id = rows.formId(subject, form.event, form.form);
    const values = unpack(form.packed);
    putValues(id, values);
    rows.setFormState(subject, form.event, form.form, form.state);
    pool.putDigest(id, digest);
    return values.length;
  }

  function standingIn(form: number): readonly StandingValue[] {
    return valuesOf.all(form).map(({ row, item, version, derived, ...value }) => {
      const { text, relation, number, unit, precision, missing } = value;
      const isEmptied = text === null && missing === null;
      return {
        ...{ row, item, version, derived: derived === 1 },
        value: isEmptied ? null : { text, relation, number, unit, precision, missing },
      };
    });
  }

  function applySteps(
    subject: SubjectRowId,
    form: { readonly event: string; readonly form: string },
    { steps }: MergedForm,
  ): readonly AuditEvent[] {
    return steps.flatMap((step) => {
      const { before, after, derived } = step;
      const place = { event: form.event, form: form.form, row: step.row, item: step.item };
      const entry = before === null || derived ? null : enterChange(subject.number, place, before, after);
      if (entry?.decision === 'pooled') return [];
      rows.writeValue(subject, toRecorded(place, step));
      return [
        note(
          'value.set',
          { subject: subject.number, ...place, old: before, new: after },
          {
            ...(derived ? { derived } : {}),
            ...(entry?.opened == null ? {} : { conflict: entry.opened, site: site.code }),
          },
        ),
      ];
    });
  }

  function enterChange(
    subject: string,
    place: ValuePlace,
    before: ItemValue,
    after: ItemValue | null,
  ): BookEntry {
    const kind = after === null ? 'withdrawn' : 'changed';
    return book.enter(valueConflict(kind, site.code, subject, place, before, after));
  }

  /** Children of any site who agree in all traits. */
  function tellDoubles(number: string, traits: string): void {
    for (const other of pool.subjectsWithTraits(traits)) {
      if (other.number === number) continue;
      book.find({
        ...{ kind: 'same-child', site: site.code, subject: number, other: other.number },
        ...{ event: null, form: null, row: null, item: null, pooled: traits, incoming: traits },
      });
    }
  }

  return {
    take,
    numbersOf: (subjects) => new Set([...subjects].map(numberOf)),
    countValues: (subjects) =>
      [...subjects].reduce((sum, own) => {
        const standing = known.get(numberOf(own));
        return standing === undefined ? sum : sum + pool.countValues(standing.id);
      }, 0),
    withdrawOthers: (subjects) => {
      const delivered = new Set(subjects.map(({ number }) => numberOf(number)));
      let withdrawn = 0;
      for (const { id, number } of known.values()) {
        if (delivered.has(number)) continue;
        const subject = { id, number };
        const events = formsOf.all(id).flatMap((form) => {
          const merged = mergeForm(standingIn(form.id), []);
          withdrawn += merged.withdrawn;
          return applySteps(subject, form, merged);
        });
        if (events.length === 0) continue;
        trail.append(events);
        lookAgain(work, subject, moment);
      }
      return withdrawn;
    },
  };
}

function toRecorded(
  place: { readonly event: string; readonly form: string; readonly row: number; readonly item: string },
  { after, version, derived }: ValueStep,
): RecordedValue {
  return { ...place, ...(after ?? nothing), version, derived, parked: false };
}

/** Traits are asked once a subject: the first form that answers counts. */
function createTraitReader(forms: readonly DeliveredForm[]): (item: string) => PackedValue | undefined {
  return (item) => {
    const marked = JSON.stringify(item);
    const form = forms.find(({ packed }) => packed.includes(marked));
    return form === undefined ? undefined : unpack(form.packed).find((value) => value[1] === item);
  };
}

/** Most traits differ: one that was corrected doesn't make another child. */
function isOtherChild(pooled: string | null, incoming: string | null): boolean {
  if (pooled === null || incoming === null) return false;
  const count = pooled.split(traitSeparator).length;
  return sharedTraits(pooled, incoming) * 2 < count;
}
