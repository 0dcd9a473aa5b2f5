/** What would change if a backup took the place of a site: entries, subjects and values, counted and named. */
import type { BackupComparison, DifferentValue } from '#shared/contract/backups.ts';
import { mostListed } from '#shared/contract/backups.ts';
import type { ReadableDb } from '../../db/open.ts';

const selectHashes = 'SELECT hash FROM audit WHERE seq <= ? ORDER BY seq';
const selectCount = 'SELECT COALESCE(MAX(seq), 0) FROM audit';
const selectSubjects = 'SELECT number FROM subject ORDER BY number';
const selectValues = `
  SELECT subject.number AS subject, form.event, form.form, value.row, item.name AS item,
         COALESCE(CASE WHEN value.relation IN ('<', '<=', '>', '>=') THEN value.relation ELSE '' END || value.text
           || CASE WHEN value.unit IS NULL THEN '' ELSE ' ' || value.unit END, value.missing) AS content
  FROM value JOIN form ON form.id = value.form_id JOIN subject ON subject.id = form.subject_id JOIN item ON item.id = value.item_id
  ORDER BY subject.number, form.event, form.form, value.row, item.name`;

interface ValueRow {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly row: number;
  readonly item: string;
  readonly content: string | null;
}

export function compareSites(now: ReadableDb, backup: ReadableDb): BackupComparison {
  const count = (db: ReadableDb): number => db.prepare<[], number>(selectCount).pluck().get() ?? 0;
  const [seqNow, seqInBackup] = [count(now), count(backup)];
  const sharedEntries = countShared(now, backup, Math.min(seqNow, seqInBackup));
  const kept = new Set(backup.prepare<[], string>(selectSubjects).pluck().all());
  const missingSubjects = now
    .prepare<[], string>(selectSubjects)
    .pluck()
    .all()
    .filter((subject) => !kept.has(subject));
  const values = differences(now, backup);
  return {
    ...{ seqNow, seqInBackup, sharedEntries, lostEntries: seqNow - sharedEntries, missingSubjects },
    differentValues: values.length,
    values: values.slice(0, mostListed),
  };
}

/** Entries are chained: where two hashes are the same, so is everything before them. */
function countShared(now: ReadableDb, backup: ReadableDb, common: number): number {
  const hashes = (db: ReadableDb): readonly Buffer[] =>
    db.prepare<[number], Buffer>(selectHashes).pluck().all(common);
  const [own, other] = [hashes(now), hashes(backup)];
  const first = own.findIndex((hash, index) => other[index]?.equals(hash) !== true);
  return first === -1 ? common : first;
}

function differences(now: ReadableDb, backup: ReadableDb): readonly DifferentValue[] {
  const inBackup = new Map<string, ValueRow>();
  for (const row of backup.prepare<[], ValueRow>(selectValues).iterate()) inBackup.set(keyOf(row), row);
  const found: DifferentValue[] = [];
  for (const row of now.prepare<[], ValueRow>(selectValues).iterate()) {
    const other = inBackup.get(keyOf(row))?.content ?? null;
    inBackup.delete(keyOf(row));
    if (other !== row.content) found.push(toDifference(row, row.content, other));
  }
  for (const row of inBackup.values())
    if (row.content !== null) found.push(toDifference(row, null, row.content));
  return found;
}

const keyOf = ({ subject, event, form, row, item }: ValueRow): string =>
  [subject, event, form, String(row), item].join('|');

function toDifference(
  { subject, event, form, row, item }: ValueRow,
  now: string | null,
  inBackup: string | null,
): DifferentValue {
  return { subject, event, form, row, item, now, inBackup };
}
