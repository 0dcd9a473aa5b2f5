/** What is known of one subject, laid out so that each thing about a field is found once, and what no field takes is left over. */
import type { AuditEntry, ChainedEntry } from '../audit.ts';
import { findingKey } from '../edit-checks.ts';
import type { Query } from '../query.ts';
import type { Finding, LocalMinute, SubjectRecord, ValuePlace } from '../record.ts';
import type { Signature } from '../signature.ts';
import type { Language } from '../study.ts';

/** A confirmation of a finding, by findingKey. */
export interface ConfirmedFinding {
  readonly user: string;
  readonly role: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly offsetMinutes: number;
  readonly reason: string;
}

export interface SubjectSource {
  readonly record: SubjectRecord;
  readonly findings: readonly Finding[];
  readonly confirmed: ReadonlyMap<string, ConfirmedFinding>;
  readonly queries: readonly Query[];
  readonly signatures: readonly Signature[];
  /** Entries about the subject, oldest first. */
  readonly trail: readonly ChainedEntry[];
}

export interface CasebookOptions {
  readonly language: Language;
  /** Each field's history, that of removed rows, and the course of each form. */
  readonly history: boolean;
  /** Only this event instance; null: all of them. */
  readonly event: string | null;
  /** For the events that are due by now. */
  readonly now: LocalMinute;
}

/** Lists by key, of which each is taken once. */
export interface Shelf<T> {
  take(key: string): readonly T[];
  /** What was not taken and satisfies the condition; taken by this. */
  takeWhere(condition: (one: T) => boolean): readonly T[];
}

export function createShelf<T>(all: Iterable<T>, keyOf: (one: T) => string): Shelf<T> {
  const byKey = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [one]);
    else list.push(one);
  }
  return {
    take: (key) => {
      const found = byKey.get(key) ?? [];
      byKey.delete(key);
      return found;
    },
    takeWhere: (condition) => {
      const found: T[] = [];
      for (const [key, list] of byKey) {
        const rest = list.filter((one) => !condition(one));
        if (rest.length === list.length) continue;
        found.push(...list.filter(condition));
        if (rest.length === 0) byKey.delete(key);
        else byKey.set(key, rest);
      }
      return found;
    },
  };
}

/** Where something stands within a subject; an entry about a form or the subject has no item. */
export type Somewhere = { readonly [Key in keyof ValuePlace]: ValuePlace[Key] | null };

export function placeKey({ event, form, row, item }: Somewhere): string {
  return `${event ?? ''}|${form ?? ''}|${String(row ?? '')}|${item ?? ''}`;
}

export interface Shelves {
  readonly findings: Shelf<Finding>;
  readonly queries: Shelf<Query>;
  readonly signatures: Shelf<Signature>;
  /** What became of values, removed ones too. */
  readonly changes: Shelf<ChainedEntry>;
  /** Everything else that the trail says: forms begun and completed, findings confirmed. */
  readonly notes: Shelf<ChainedEntry>;
}

export function fillShelves({ findings, queries, signatures, trail }: SubjectSource): Shelves {
  return {
    findings: createShelf(findings, placeKey),
    queries: createShelf(queries, placeKey),
    signatures: createShelf(signatures, ({ event, form }) => `${event ?? ''}|${form ?? ''}`),
    changes: createShelf(trail.filter(isChange), placeKey),
    notes: createShelf(
      trail.filter((entry) => !isChange(entry)),
      placeKey,
    ),
  };
}

export function confirmationOf(source: SubjectSource, finding: Finding): ConfirmedFinding | null {
  return finding.status === 'confirmed' ? (source.confirmed.get(findingKey(finding)) ?? null) : null;
}

function isChange({ action }: AuditEntry): boolean {
  return (
    action === 'value.set' ||
    action === 'value.parked' ||
    action === 'value.unparked' ||
    action === 'row.removed'
  );
}
