/**
 * Decides what an import writes about one subject. Nothing that stands is overwritten without a decision, a value that
 * can't be taken stops no other, and every value of the file is counted once: accepted, same, conflict or refused.
 */
import { findingKey } from '../edit-checks.ts';
import { isEmpty, isSameValue, readItem } from '../item-value.ts';
import { nothing } from '../item-value/reading.ts';
import {
  planSave,
  standingFindings,
  type AcceptedPlan,
  type PlanRefusal,
  type SaveContext,
  type ValueWrite,
} from '../plan-save.ts';
import { placeKey } from '../plan-save/draft-record.ts';
import { isClosed, isCompleteOrLater } from '../plan-save/form-state.ts';
import type { Change, Finding, ItemValue, SubjectRecord, ValuePlace } from '../record.ts';
import type { StudyModel } from '../study-model.ts';
import { indexSubject } from '../subject-index.ts';
import {
  refusedValue,
  type FormPlace,
  type ImportedSubject,
  type ImportedValue,
  type RefusedValue,
  type SourcePlace,
} from './values.ts';

export interface ImportDecisions {
  /** What the file says takes the place of what stands. */
  readonly overwrite: boolean;
  /** Of every change where one is asked for; null: such changes are refused. */
  readonly reason: string | null;
}

/** A value that stands already and says something else. */
export interface ImportConflict extends ValuePlace {
  readonly subject: string;
  readonly standing: ItemValue;
  readonly incoming: ItemValue;
  readonly from: SourcePlace;
}

export interface NotCompleted extends FormPlace {
  readonly subject: string;
  /** null: values of the form were refused or wait for a decision. */
  readonly refusal: PlanRefusal | null;
}

export interface SubjectPlan {
  readonly subject: string;
  readonly changes: readonly Change[];
  readonly completing: readonly FormPlace[];
  readonly accepted: number;
  /** Of the accepted ones, those that take the place of another value. */
  readonly overwritten: number;
  readonly same: number;
  readonly conflicts: readonly ImportConflict[];
  readonly refused: readonly RefusedValue[];
  readonly notCompleted: readonly NotCompleted[];
  /** Those that come up with the import. */
  readonly findings: readonly Finding[];
}

/** Only to see what a save would write where a reason is asked for. */
const anyReason = '(to be given)';

export function planImport(
  model: StudyModel,
  record: SubjectRecord,
  asked: ImportedSubject,
  context: SaveContext,
  { overwrite, reason }: ImportDecisions,
): SubjectPlan {
  const save = createSaver(model, record, asked.subject, context);
  const stands = standingInLocked(model, record, asked, context);
  // Where no form was completed, no reason is asked for, and what is kept is planned already when it is all that was seen.
  const reasonSeen = record.forms.some(({ state }) => isCompleteOrLater(state)) ? anyReason : reason;
  const seen = save(
    asked.values.filter((value) => !stands.has(value)),
    reasonSeen,
  );
  const sorted = sortOut(model, asked.subject, seen, overwrite);
  const isAllKept = reasonSeen === reason && sorted.changing.length === seen.values.length;
  const kept = isAllKept ? { ...seen, refused: [] } : save(sorted.changing, reason);
  const refused = [...seen.refused, ...sorted.waiting, ...kept.refused];
  const held = new Set(
    [...refused.map(({ place }) => place), ...sorted.conflicts]
      .filter((place) => place !== null)
      .map((place) => `${place.event}|${place.form}`),
  );
  const done = complete(model, asked, kept.plan, context, held);
  const known = new Set(findingsBefore(model, record, context).map(findingKey));
  return {
    subject: asked.subject,
    changes: kept.values.map((value) => toChange(value, reason)),
    completing: done.completing,
    accepted: kept.values.length,
    overwritten: kept.values.filter((value) => sorted.overwriting.has(value)).length,
    same: stands.size + sorted.same.length,
    ...{ conflicts: sorted.conflicts, refused, notCompleted: done.notCompleted },
    findings: done.plan.findings.filter((finding) => !known.has(findingKey(finding))),
  };
}

/**
 * A lock refuses whatever is said about its form, also what says the same: a file that repeats a locked form would be
 * refused cell by cell. So these are found as if their forms weren't locked, and nothing is to be written about them.
 */
function standingInLocked(
  model: StudyModel,
  record: SubjectRecord,
  { subject, values }: ImportedSubject,
  context: SaveContext,
): ReadonlySet<ImportedValue> {
  const locked = new Set(
    record.forms.filter(({ state }) => isClosed(state)).map(({ event, form }) => `${event}|${form}`),
  );
  const inLocked = values.filter(({ place }) => locked.has(`${place.event}|${place.form}`));
  if (inLocked.length === 0) return new Set();
  const forms = record.forms.map((form) =>
    isClosed(form.state) ? { ...form, state: 'complete' as const } : form,
  );
  const seen = createSaver(model, { ...record, forms }, subject, context)(inLocked, anyReason);
  return new Set(sortOut(model, subject, seen, false).same);
}

interface Saved {
  readonly plan: AcceptedPlan;
  readonly values: readonly ImportedValue[];
  readonly refused: readonly RefusedValue[];
}

/** Plans all values that can be saved together; those that can't are taken out one after the other, each with its why. */
function createSaver(
  model: StudyModel,
  record: SubjectRecord,
  subject: string,
  context: SaveContext,
): (values: readonly ImportedValue[], reason: string | null) => Saved {
  const attempt = (values: readonly ImportedValue[], reason: string | null) =>
    planSave(
      model,
      record,
      values.map((value) => toChange(value, reason)),
      context,
    );
  return (all, reason) => {
    let values = all;
    const refused: RefusedValue[] = [];
    for (;;) {
      const plan = attempt(values, reason);
      if (plan.ok) return { plan, values, refused };
      const { refusal } = plan;
      const named = concerned(model, values, refusal);
      const out = new Set(
        named.length > 0 ? named : standingAlone(values, (own) => !attempt(own, reason).ok),
      );
      if (out.size === 0) throw new Error(`an import without a change was refused: ${refusal.key}`);
      refused.push(...[...out].map((value) => toRefused(model, subject, value, refusal)));
      values = values.filter((value) => !out.has(value));
    }
  };
}

/** The values that a refusal is about. */
function concerned(
  model: StudyModel,
  values: readonly ImportedValue[],
  { key, place, params }: PlanRefusal,
): readonly ImportedValue[] {
  if (place !== undefined) {
    const at = values.filter((value) => placeKey(value.place) === placeKey(place));
    if (key === 'said-twice' && at.length > 1) return at.slice(1);
    if (at.length > 0) return at;
    const owner = ownerOf(model, values, place);
    return owner === undefined ? [] : [owner];
  }
  const { event, form, item } = params;
  if (event === undefined && form === undefined && item === undefined) return [];
  return values.filter(
    ({ place: at }) =>
      (event === undefined || at.event === event) &&
      (form === undefined || at.form === form) &&
      (item === undefined || at.item === item),
  );
}

/** The measurement of the row whose relation or unit stands at the place. */
function ownerOf(
  model: StudyModel,
  values: readonly ImportedValue[],
  place: ValuePlace,
): ImportedValue | undefined {
  return values.find(({ place: at }) => {
    const parts = model.item(at.item)?.item.parts;
    const isPart = parts?.relation === place.item || parts?.unit === place.item;
    return isPart && at.event === place.event && at.form === place.form && at.row === place.row;
  });
}

/** When a refusal names none: the forms that are refused by themselves, or else all. */
function standingAlone(
  values: readonly ImportedValue[],
  isRefused: (values: readonly ImportedValue[]) => boolean,
): readonly ImportedValue[] {
  const forms = Map.groupBy(values, ({ place }) => `${place.event}|${place.form}`);
  const faulty = [...forms.values()].filter(isRefused).flat();
  return faulty.length > 0 ? faulty : values;
}

interface Sorted {
  readonly changing: readonly ImportedValue[];
  readonly overwriting: ReadonlySet<ImportedValue>;
  readonly same: readonly ImportedValue[];
  readonly conflicts: readonly ImportConflict[];
  readonly waiting: readonly RefusedValue[];
}

function sortOut(model: StudyModel, subject: string, { plan, values }: Saved, overwrite: boolean): Sorted {
  const writes = new Map(
    plan.writes
      .filter(({ kind, origin }) => kind === 'set' && origin === 'import')
      .map((write) => [placeKey(write), write]),
  );
  const own = new Set(values.map(({ place }) => placeKey(place)));
  const spread = [...writes].filter(([key]) => !own.has(key)).map(([, write]) => write);
  const disputed = new Map<ImportedValue, ValueWrite>();
  for (const write of spread) {
    const owner = replaces(write) ? ownerOf(model, values, write) : undefined;
    if (owner !== undefined) disputed.set(owner, write);
  }
  const changing: ImportedValue[] = [];
  const same: ImportedValue[] = [];
  for (const value of values) {
    const write = writes.get(placeKey(value.place));
    if (write !== undefined && replaces(write)) disputed.set(value, write);
    else if (!disputed.has(value)) {
      // A measurement that stands may still bring its relation or unit.
      const brings = spread.some((other) => ownerOf(model, [value], other) !== undefined);
      if ((write === undefined || saysTheSame(write.old, write.new)) && !brings) same.push(value);
      else changing.push(value);
    }
  }
  if (overwrite)
    return {
      ...{ changing: values.filter((value) => changing.includes(value) || disputed.has(value)), same },
      ...{ overwriting: new Set(disputed.keys()), conflicts: [], waiting: [] },
    };
  const rows = new Set([...disputed.keys()].filter(({ place }) => repeats(model, place)).map(rowKey));
  const waits = (value: ImportedValue): boolean => repeats(model, value.place) && rows.has(rowKey(value));
  return {
    changing: changing.filter((value) => !waits(value)),
    overwriting: new Set(),
    same,
    conflicts: [...disputed].map(([{ from }, write]) => toConflict(subject, write, from)),
    waiting: changing
      .filter(waits)
      .map(({ place, from }) => refusedValue('import-row-waits', rowWaits, { subject, place, from })),
  };
}

/** A row that says something else may be another row: nothing is added to it before that is decided. */
const rowWaits = {
  en: 'Another value of the same row differs from what stands: decide about that one first.',
  fr: 'Une autre valeur de la même ligne diffère de ce qui est enregistré : décider d’abord pour celle-ci.',
};

function rowKey({ place }: ImportedValue): string {
  return `${place.event}|${place.form}|${place.row}`;
}

function repeats(model: StudyModel, place: ValuePlace): boolean {
  return model.item(place.item)?.group.repeating === true;
}

function replaces(write: ValueWrite): boolean {
  return !isEmpty(write.old) && !saysTheSame(write.old, write.new);
}

/** 32 in a numeric cell is the "32.0" that was typed. */
export function saysTheSame(one: ItemValue | null, other: ItemValue | null): boolean {
  if (isSameValue(one, other)) return true;
  if (one === null || other === null || one.number === null) return false;
  return one.number === other.number && isSameValue({ ...one, text: null }, { ...other, text: null });
}

function toConflict(subject: string, write: ValueWrite, from: SourcePlace): ImportConflict {
  const { event, form, row, item } = write;
  return {
    subject,
    event,
    form,
    row,
    item,
    standing: write.old ?? nothing,
    incoming: write.new ?? nothing,
    from,
  };
}

/** The forms that the file says are complete, as far as they can be; one with a value left out waits. */
function complete(
  model: StudyModel,
  asked: ImportedSubject,
  plan: AcceptedPlan,
  context: SaveContext,
  held: ReadonlySet<string>,
): {
  readonly plan: AcceptedPlan;
  readonly completing: readonly FormPlace[];
  readonly notCompleted: readonly NotCompleted[];
} {
  const { subject } = asked;
  const inProgress = new Set(
    plan.record.forms
      .filter(({ state }) => state === 'in-progress')
      .map(({ event, form }) => `${event}|${form}`),
  );
  const candidates = asked.complete.filter(({ event, form }) => inProgress.has(`${event}|${form}`));
  const isHeld = ({ event, form }: FormPlace): boolean => held.has(`${event}|${form}`);
  const notCompleted: NotCompleted[] = candidates
    .filter(isHeld)
    .map(({ event, form }) => ({ subject, event, form, refusal: null }));
  let completing = candidates.filter((place) => !isHeld(place));
  while (completing.length > 0) {
    const done = planSave(model, plan.record, [], { ...context, standing: plan }, completing);
    if (done.ok) return { plan: done, completing, notCompleted };
    const { refusal } = done;
    const { event, form } = refusal.params;
    const out = completing.filter((place) => place.event === event && place.form === form);
    const gone = out.length > 0 ? out : completing;
    notCompleted.push(...gone.map((place) => ({ subject, ...place, refusal })));
    completing = completing.filter((place) => !gone.includes(place));
  }
  return { plan, completing, notCompleted };
}

function findingsBefore(
  model: StudyModel,
  record: SubjectRecord,
  { now, confirmed, standing }: SaveContext,
): readonly Finding[] {
  if (record.values.length === 0) return [];
  return (
    standing?.findings ??
    standingFindings(model, indexSubject(model, record), record.forms, { now, confirmed, phase: 'import' })
  );
}

function toChange({ place, value, missing, alone }: ImportedValue, reason: string | null): Change {
  return {
    ...place,
    value,
    ...(missing === null ? {} : { missing }),
    ...(alone ? { alone } : {}),
    ...(reason === null ? {} : { reason }),
  };
}

function toRefused(
  model: StudyModel,
  subject: string,
  { place, value, from }: ImportedValue,
  { code, key, params, message }: PlanRefusal,
): RefusedValue {
  const placed = model.item(place.item);
  const reading =
    key === 'value-unreadable' && placed !== undefined && value !== null
      ? readItem(model, placed, value, 'en')
      : null;
  const words = reading === null || reading.ok ? null : reading.fault;
  return { subject, place, from, code, key, params, message: words?.en ?? message, words };
}
