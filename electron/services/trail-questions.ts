/** The questions of a trail review, as conditions on rows of the trail. What is a convention here is named as such. */
import type { ReviewQuestion } from '#shared/bridge.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { visitTiming } from '#shared/visit-timing.ts';
import type { Site } from './site.ts';
import { subjectsOf } from './subjects.ts';

/** Conventions: a week to type what was seen; thirty corrections in ten minutes; a day from seven to eight. */
const lateAfterDays = 7;
const manyChanges = { count: 30, withinMs: 10 * 60_000 } as const;
const workingHours = { from: 7, to: 20 } as const;

const dayMs = 86_400_000;
const byPerson = `audit.origin IN ('entry', 'second-entry', 'import', 'merge')`;
const isChange = `audit.action IN ('value.set', 'row.removed') AND ${byPerson}`;
const localTime = '(audit.at + audit.offset_minutes * 60000)';

/** A change of a form that had come so far before. */
function changedAfter(...actions: readonly string[]): string {
  return `${isChange} AND EXISTS (
    SELECT 1 FROM audit AS earlier WHERE earlier.form_id = audit.form_id AND earlier.form_id IS NOT NULL AND earlier.item_id IS NULL
      AND earlier.action IN ('${actions.join(`', '`)}') AND earlier.seq < audit.seq)`;
}

export const questionConditions: Readonly<Record<ReviewQuestion, string>> = {
  'after-complete': changedAfter('form.completed'),
  'after-verified': changedAfter('form.verified', 'form.signed', 'form.locked'),
  'late-entries': `audit.action = 'value.set' AND audit.old IS NULL AND ${byPerson}
    AND ${localTime} > (SELECT until FROM temp.late_after WHERE late_after.form_id = audit.form_id)`,
  'many-changes': `audit.seq IN (SELECT seq FROM (
    SELECT seq, COUNT(*) OVER (PARTITION BY user ORDER BY at RANGE BETWEEN ${String(manyChanges.withinMs)} PRECEDING AND CURRENT ROW) AS changes
    FROM audit WHERE audit.seq >= @fromSeq AND audit.old IS NOT NULL AND ${isChange}) WHERE changes >= ${String(manyChanges.count)})`,
  'out-of-hours': `${isChange} AND (${localTime} / 3600000 % 24 NOT BETWEEN ${String(workingHours.from)} AND ${String(workingHours.to - 1)}
    OR (${localTime} / ${String(dayMs)} + 4) % 7 IN (0, 6))`,
  'after-query': `${isChange} AND EXISTS (
    SELECT 1 FROM audit AS asked WHERE asked.form_id = audit.form_id AND asked.item_id = audit.item_id AND asked.row = audit.row
      AND asked.action = 'query.opened' AND asked.seq < audit.seq)`,
  'confirmed-findings': `audit.action = 'finding.confirmed'`,
  'failed-sign-ins': `audit.action = 'session.failed'`,
  'clock-events': `audit.action = 'clock.moved'`,
};

const createLate =
  'CREATE TEMP TABLE IF NOT EXISTS late_after (form_id INTEGER PRIMARY KEY, until INTEGER NOT NULL)';
const selectForms = 'SELECT id, event FROM form WHERE subject_id = ?';

/** From when on an entry of a form is late: so many days after its visit was held. Kept in memory, for one connection. */
export function fillLateAfter(site: Site): void {
  const { db } = site;
  db.exec(createLate);
  db.exec('DELETE FROM temp.late_after');
  const put = db.prepare<[number, number]>('INSERT INTO temp.late_after (form_id, until) VALUES (?, ?)');
  const forms = db.prepare<[number], { id: number; event: string }>(selectForms);
  for (const subject of subjectsOf(site, undefined)) {
    const index = indexSubject(site.model, site.rows.record(subject));
    const until = new Map<string, number | null>();
    for (const { id, event } of forms.all(subject.id)) {
      if (!until.has(event)) until.set(event, lateFrom(visitTiming(index, event)?.held ?? null));
      const at = until.get(event) ?? null;
      if (at !== null) put.run(id, at);
    }
  }
}

/** Local milliseconds; a visit without a time is counted from the end of its day. */
function lateFrom(held: string | null): number | null {
  if (held === null) return null;
  const at = Date.parse(held.length > 10 ? `${held}:00Z` : `${held}T24:00:00Z`);
  return Number.isNaN(at) ? null : at + lateAfterDays * dayMs;
}
