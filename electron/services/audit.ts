/** Reads the trail for people: one field's history, where values came from, and whether file, trail and values still agree. */
import { differsFromTrail, valuesFromTrail, verifyChain, type TrailValue } from '#shared/audit.ts';
import type { HistoryEntry, MethodInput, ValueOrigin, VerifyReport } from '#shared/bridge.ts';
import { refuse } from '../app-error.ts';
import type { ReadableDb } from '../db/open.ts';
import type { Actor, Site } from './site.ts';
import { requireSubject } from './subjects.ts';
import { createTrailReader, sha256 } from './trail.ts';

/** Refuses a field that neither the trail nor the study knows. */
export function historyOf(
  actor: Actor,
  { subject, ...place }: MethodInput<'audit.history'>,
): readonly HistoryEntry[] {
  requireSubject(actor, subject);
  const { model, trail } = actor.site;
  const entries = trail.ofItem(subject, place);
  const { event, form, item } = place;
  const isKnown = model.event(event) !== undefined && model.item(item)?.form.id === form;
  if (entries.length === 0 && !isKnown) throw refuse('no-such-item', { form, item });
  return entries.map(({ seq, at, offsetMinutes, user, role, action, old, new: after, reason, origin }) => ({
    ...{ seq, at, offsetMinutes, user, role, action, old, new: after, reason, origin },
  }));
}

/** Places of which nothing was ever written are left out. */
export function originsOf(
  actor: Actor,
  { subject, places }: MethodInput<'audit.origins'>,
): readonly ValueOrigin[] {
  requireSubject(actor, subject);
  return places.flatMap((place): readonly ValueOrigin[] => {
    const newest = actor.site.trail.ofItem(subject, place).at(-1);
    if (newest === undefined) return [];
    const { seq, at, offsetMinutes, user, role, origin } = newest;
    return [{ ...place, seq, at, offsetMinutes, user, role, origin }];
  });
}

type StoredValue = Omit<TrailValue, 'derived' | 'parked'> & {
  readonly derived: number;
  readonly parked: number;
};
const selectStored = `
  SELECT subject.number AS subject, form.event, form.form, value.row, item.name AS item, value.text, value.relation, value.number,
         value.unit, value.precision, value.missing, value.version, value.derived, value.parked
  FROM value JOIN form ON form.id = value.form_id JOIN subject ON subject.id = form.subject_id JOIN item ON item.id = value.item_id`;
const guards = ['audit_is_never_changed', 'audit_is_never_deleted', 'audit_grows_by_one'] as const;
const mostProblems = 100;

/**
 * Four questions: is the file sound, is the trail's chain unbroken up to its known head, do the stored values follow
 * from the trail, and do the guards of the trail still stand.
 */
export function verifySite({
  db,
  fingerprint,
  model,
}: Pick<Site, 'db' | 'fingerprint' | 'model'>): VerifyReport {
  const reader = createTrailReader(db);
  const file = fileProblems(db);
  const chain = verifyChain(reader.entries(), sha256, reader.head());
  const values = differsFromTrail(valuesFromTrail(reader.entries()), storedValues(db));
  const installed = db
    .prepare<[string], string>('SELECT definition FROM study_version WHERE fingerprint = ?')
    .pluck()
    .get(fingerprint);
  const study =
    installed !== undefined && sha256(installed) === fingerprint
      ? []
      : [`The definition of study ${model.study.id} was changed after it was installed.`];
  const problems = [...file, ...chain.problems.map(({ message }) => message), ...values, ...study];
  return {
    ok: problems.length === 0,
    entries: chain.entries,
    head: chain.head,
    problems: problems.slice(0, mostProblems),
  };
}

function fileProblems(db: ReadableDb): readonly string[] {
  const answers = db.prepare<[], string>('PRAGMA integrity_check(10)').pluck().all();
  const broken = answers
    .filter((answer) => answer !== 'ok')
    .map(() => 'The database file has a damaged page.');
  const orphans = db.prepare<[], { table: string }>('PRAGMA foreign_key_check').all();
  const standing = new Set(
    db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all(),
  );
  return [
    ...new Set(broken),
    ...new Set(orphans.map(({ table }) => `Rows of the table ${table} have lost what they belong to.`)),
    ...guards
      .filter((guard) => !standing.has(guard))
      .map((guard) => `The guard ${guard} of the trail is missing.`),
  ];
}

function* storedValues(db: ReadableDb): IterableIterator<TrailValue> {
  for (const row of db.prepare<[], StoredValue>(selectStored).iterate()) {
    yield { ...row, derived: row.derived === 1, parked: row.parked === 1 };
  }
}
