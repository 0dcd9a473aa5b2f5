/** Decides what the conflict book asks, and carries it out on what the pool holds: decision, value and trail in one transaction. */
import { nothing } from '#shared/item-value/reading.ts';
import { auditEvent, type AuditEvent } from '#shared/audit.ts';
import { assertNever } from '#shared/assert-never.ts';
import { isSameValue, readItem } from '#shared/item-value.ts';
import { choicesOf, type ConflictChoice } from '#shared/pool/conflict.ts';
import { spreadParts } from '#shared/pool/parts.ts';
import type { ItemValue, ValuePlace } from '#shared/record.ts';
import { refuse } from '../../app-error.ts';
import type { Moment } from '../../clock.ts';
import { lookAgain } from './look-again.ts';
import { selectConflicts, type StoredConflict } from './pool-rows.ts';
import type { PoolWork } from './pool-work.ts';

export interface Decision {
  readonly which:
    { readonly id: number } | { readonly kind: StoredConflict['kind']; readonly site?: string | undefined };
  readonly choice: ConflictChoice;
  /** With the choice "other": as a person types it. */
  readonly value?: string | undefined;
  readonly reason: string;
}

const selectOne = `${selectConflicts} WHERE id = ? AND state <> 'settled'`;
const selectMany = `${selectConflicts} WHERE kind = @kind AND state = 'open' AND (@site IS NULL OR site = @site) ORDER BY id`;

/** Gives how many were decided. */
export function decide(work: PoolWork, { which, choice, value, reason }: Decision, moment: Moment): number {
  const { db, pool, trail, doer } = work;
  return db
    .transaction((): number => {
      const conflicts =
        'id' in which
          ? db.prepare<[number], StoredConflict>(selectOne).all(which.id)
          : db
              .prepare<[object], StoredConflict>(selectMany)
              .all({ kind: which.kind, site: which.site ?? null });
      if ('id' in which && conflicts.length === 0) throw refuse('conflict-unknown');
      const touched = new Set<string>();
      for (const conflict of conflicts) {
        if (!choicesOf(conflict.kind).includes(choice)) throw refuse('conflict-choice-unfit');
        const given = choice === 'other' ? readGiven(work, conflict, value ?? '') : null;
        pool.decide(conflict.id, { decision: choice, value: given, user: doer.user, at: moment.at, reason });
        const stamp = trail.stamp(doer, moment);
        const detail = { conflict: conflict.id, decision: choice };
        const events: AuditEvent[] = [
          auditEvent(stamp, 'conflict.decided', { origin: 'merge', new: given, reason, detail }),
        ];
        events.push(
          ...carryOut(work, conflict, choice, given).map((about) =>
            auditEvent(stamp, 'value.set', { ...about, origin: 'merge', reason }),
          ),
        );
        trail.append(events);
        if (events.length > 1 && conflict.subject !== null) touched.add(conflict.subject);
      }
      for (const number of touched) {
        const subject = work.rows.subject(number);
        if (subject !== null) lookAgain(work, subject, moment);
      }
      return conflicts.length;
    })
    .immediate();
}

type ValueEvent = Pick<AuditEvent, 'subject' | 'old' | 'new' | 'detail' | keyof ValuePlace>;

/** The values that change by it. */
function carryOut(
  work: PoolWork,
  conflict: StoredConflict,
  choice: ConflictChoice,
  given: ItemValue | null,
): readonly ValueEvent[] {
  const { pool } = work;
  const { kind, subject, other } = conflict;
  switch (kind) {
    case 'same-child':
      // The later one came; the earlier one is what the pool had.
      pool.exclude(subject ?? '', choice === 'pooled');
      pool.exclude(other ?? '', choice === 'incoming');
      return [];
    case 'same-number':
    case 'definition':
    case 'edited':
      // Heeded when the file is delivered again.
      return [];
    case 'code':
    case 'unit':
    case 'changed':
    case 'withdrawn': {
      const chosen = choice === 'pooled' ? conflict.pooled : conflict.incoming;
      return writeParts(work, conflict, given ?? toValue(chosen));
    }
    default:
      return assertNever(kind);
  }
}

/** What is taken back goes with its parts. */
function writeParts(
  work: PoolWork,
  conflict: StoredConflict,
  value: ItemValue | null,
): readonly ValueEvent[] {
  const { item } = conflict;
  if (item === null) return [];
  if (conflict.kind !== 'unit') return write(work, conflict, item, value);
  const parts = new Map(
    value === null ? [] : spreadParts(work.model, item, value).map((part) => [part.item, part.value]),
  );
  const placed = work.model.item(item)?.item.parts;
  const all = placed === undefined ? [item] : [item, placed.relation, placed.unit];
  return all.flatMap((id) => write(work, conflict, id, parts.get(id) ?? null));
}

function write(
  { db, rows }: PoolWork,
  { subject, event, form, row }: StoredConflict,
  item: string,
  value: ItemValue | null,
): readonly ValueEvent[] {
  if (subject === null || event === null || form === null || row === null) return [];
  const found = rows.subject(subject);
  if (found === null) return [];
  const place = { event, form, row, item };
  const standing = db
    .prepare<[number, number, number], ItemValue & { version: number; derived: number }>(
      'SELECT text, relation, number, unit, precision, missing, version, derived FROM value WHERE form_id = ? AND row = ? AND item_id = ?',
    )
    .get(rows.formId(found, event, form), row, rows.itemId(item));
  const before = standing === undefined || isBlank(standing) ? null : bare(standing);
  if (isSameValue(before, value)) return [];
  const derived = standing?.derived === 1;
  rows.writeValue(found, {
    ...{ ...place, ...(value ?? nothing) },
    ...{ version: (standing?.version ?? 0) + 1, derived, parked: false },
  });
  return [{ subject, ...place, old: before, new: value, detail: derived ? { derived } : null }];
}

function bare({ text, relation, number, unit, precision, missing }: ItemValue): ItemValue {
  return { text, relation, number, unit, precision, missing };
}

function isBlank({ text, missing }: ItemValue): boolean {
  return text === null && missing === null;
}

/** Written by the conflict book alone. */
function toValue(json: string | null): ItemValue | null {
  const content = json === null ? null : (JSON.parse(json) as ItemValue | string);
  return typeof content === 'string' ? null : content;
}

function readGiven({ model }: PoolWork, { item }: StoredConflict, typed: string): ItemValue {
  const placed = item === null ? undefined : model.item(item);
  if (placed === undefined) throw refuse('conflict-choice-unfit');
  const reading = readItem(model, placed, typed, 'en');
  if (!reading.ok || reading.value === null) throw refuse('conflict-value-unreadable');
  const spread = new Map(reading.spread.map(({ item: part, text }) => [part, text]));
  const { parts } = placed.item;
  if (parts === undefined) return reading.value;
  const relation = spread.get(parts.relation) as ItemValue['relation'] | undefined; // read by the codec
  return { ...reading.value, relation: relation ?? '=', unit: spread.get(parts.unit) ?? null };
}
