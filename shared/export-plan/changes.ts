/**
 * CHANGES: what is different from the last submission, one row a value and one a form whose state is another. Worked out
 * from the trail as it goes by: what stood at the submission is the old value of the first entry after its data cut.
 *
 * | at the submission | now                                   | the value was |
 * |-------------------|---------------------------------------|---------------|
 * | nothing           | a value                               | added         |
 * | a value           | another                               | changed       |
 * | a value           | nothing                               | emptied       |
 * | a value           | its row taken out, or no longer asked | withdrawn     |
 *
 * A value that came back to what it was is no change. An answer that is not asked (any more) is in no form sheet: it
 * counts as nothing.
 */
import { integer, text, type FilledColumn } from './sheet.ts';
import { detailOf, isBlank, isoUtc, isSame, noValue, type TrailEntry, type TrailLine } from './trail-line.ts';

/** An export that was given away as a submission. */
export interface Submission {
  /** Of its entry in the trail. */
  readonly seq: number;
  /** UTC milliseconds. */
  readonly at: number;
  /** The newest entry that it held, and the hash of it. */
  readonly cut: number;
  readonly head: string;
}

/**
 * The newest one that is older than the state: its entry is part of the state, so that nothing that is recorded later, the
 * export of this very state among it, changes what the state is compared with.
 */
export function lastSubmission(submissions: readonly Submission[], cut: number): Submission | null {
  return submissions.findLast((one) => one.seq <= cut && one.cut < cut) ?? null;
}

export type ChangeKind = 'added' | 'changed' | 'emptied' | 'withdrawn' | 'state';

export interface Change extends TrailLine {
  readonly kind: ChangeKind;
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  /** How many entries led from one to the other; `entry` is the newest. */
  readonly entries: number;
}

export interface ChangeOrder {
  readonly event: (event: string) => number;
  readonly form: (form: string) => number;
  readonly item: (item: string) => number;
}

export interface ChangeCollector {
  /** Every entry, in the order of the trail. */
  take(line: TrailLine): void;
  /** By subject, event, form, row and item. */
  changes(order: ChangeOrder): readonly Change[];
}

type Place = Pick<Change, 'subject' | 'event' | 'form' | 'entry'>;
interface Touched extends Place {
  readonly before: TrailLine['before'];
  after: TrailLine['after'];
  entry: TrailEntry;
  entries: number;
}

/** `baseline` null: there was no submission, and nothing is collected. */
export function createChangeCollector(baseline: Submission | null): ChangeCollector {
  const values = new Map<string, Touched>();
  const states = new Map<string, Touched>();
  /** Values that are kept and not asked. */
  const hidden = new Set<string>();

  function touch(known: Map<string, Touched>, key: string, place: Place, { before, after }: TrailLine): void {
    const earlier = known.get(key);
    if (earlier === undefined) known.set(key, { ...place, before, after, entries: 1 });
    else Object.assign(earlier, { after, entry: place.entry, entries: earlier.entries + 1 });
  }

  function takeValue(key: string, place: Place, line: TrailLine): void {
    const { entry, before, after } = line;
    const wasHidden = hidden.has(key);
    const isHidden =
      entry.action === 'value.parked' || (entry.action === 'value.set' && detailOf(entry)['parked'] === true);
    if (isHidden) hidden.add(key);
    else if (wasHidden) hidden.delete(key);
    if (baseline === null || entry.seq <= baseline.cut) return;
    const isGone = isHidden || entry.action === 'row.removed';
    touch(values, key, place, {
      entry,
      before: wasHidden ? noValue : before,
      after: isGone ? noValue : after,
    });
  }

  return {
    take: (line) => {
      const { entry } = line;
      const { subject, event, form, row, item } = entry;
      if (baseline === null || subject === null || event === null || form === null) return;
      const place: Place = { subject, event, form, entry };
      if (valueActions.has(entry.action)) {
        if (row === null || item === null) return;
        takeValue(`${subject}|${event}|${form}|${String(row)}|${item}`, place, line);
      } else if (entry.action.startsWith('form.') && entry.seq > baseline.cut) {
        const { from, to } = detailOf(entry);
        const state = (name: unknown): TrailLine['before'] => ({ ...noValue, text: String(name) });
        touch(states, `${subject}|${event}|${form}`, place, { entry, before: state(from), after: state(to) });
      }
    },
    changes: (order) =>
      [
        ...[...values.values()].flatMap((one) => ofKind(kindOf(one), one)),
        ...[...states.values()].flatMap((one) => ofKind(isSame(one.before, one.after) ? null : 'state', one)),
      ].sort(by(order)),
  };
}

const valueActions: ReadonlySet<string> = new Set([
  'value.set',
  'value.parked',
  'value.unparked',
  'row.removed',
]);

function ofKind(kind: ChangeKind | null, touched: Touched): readonly Change[] {
  return kind === null ? [] : [{ kind, ...touched }];
}

function kindOf({ before, after, entry }: Touched): ChangeKind | null {
  if (isSame(before, after) || (isBlank(before) && isBlank(after))) return null;
  if (isBlank(before)) return 'added';
  if (!isBlank(after)) return 'changed';
  return entry.action === 'value.set' && detailOf(entry)['parked'] !== true ? 'emptied' : 'withdrawn';
}

/** A form's state comes before its values. */
function by({ event, form, item }: ChangeOrder): (one: Change, other: Change) => number {
  return (one, other) =>
    compare(one.subject, other.subject) ||
    event(one.event) - event(other.event) ||
    compare(one.event, other.event) ||
    form(one.form) - form(other.form) ||
    (one.entry.row ?? 0) - (other.entry.row ?? 0) ||
    item(one.entry.item ?? '') - item(other.entry.item ?? '') ||
    one.entry.seq - other.entry.seq;
}

/** By UTF-16 units, whatever the language of the machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export interface ChangeLine {
  readonly change: Change;
  readonly site: string;
}

export const changeColumns: readonly FilledColumn<ChangeLine>[] = [
  text('CHANGE', 11, ({ change }) => change.kind),
  text('SITEID', 8, ({ site }) => site),
  text('SUBJID', 12, ({ change }) => change.subject),
  text('VISIT', 8, ({ change }) => change.event),
  text('FORM', 8, ({ change }) => change.form),
  integer('REPEAT', 9, ({ change }) => change.entry.row),
  text('ITEM', 16, ({ change }) => change.entry.item),
  text('OLD', 18, ({ change }) => change.before.text),
  text('OLD_REL', 10, ({ change }) => change.before.relation),
  text('OLD_U', 10, ({ change }) => change.before.unit),
  text('OLD_ND', 9, ({ change }) => change.before.missing),
  text('NEW', 18, ({ change }) => change.after.text),
  text('NEW_REL', 10, ({ change }) => change.after.relation),
  text('NEW_U', 10, ({ change }) => change.after.unit),
  text('NEW_ND', 9, ({ change }) => change.after.missing),
  text('REASON', 30, ({ change }) => change.entry.reason),
  text('USER', 16, ({ change }) => change.entry.user),
  text('ROLE', 14, ({ change }) => change.entry.role),
  text('AT_UTC', 26, ({ change }) => isoUtc(change.entry.at)),
  text('ORIGIN', 12, ({ change }) => change.entry.origin),
  integer('ENTRIES', 9, ({ change }) => change.entries),
  integer('SEQ', 9, ({ change }) => change.entry.shown),
];
