/**
 * Findings of each subject, worked out again for the moment of the entry that last had them worked out. What rests on the
 * clock is thereby as it was then; a row of the table that is another one was not written by the application.
 */
import { findingKey } from '#shared/edit-checks.ts';
import { standingFindings } from '#shared/plan-save.ts';
import type { Finding } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { toLocalMinute } from '../../clock.ts';
import type { ReadableDb } from '../../db/open.ts';
import { changing } from '../proofs/subject.ts';
import { createRecordReader, type SubjectRowId } from '../record-rows.ts';

interface Row {
  readonly position: number;
  readonly key: string;
  readonly severity: string;
  readonly status: string;
  readonly body: string;
}
interface Rechecked {
  readonly at: number;
  readonly offset_minutes: number;
}
const selectSubjects = 'SELECT id, number FROM subject ORDER BY id';
const selectRows =
  'SELECT position, key, severity, status, body FROM finding WHERE subject_id = ? ORDER BY position';
const selectConfirmations = 'SELECT key, basis FROM confirmation WHERE subject_id = ?';
/** A newer study definition looks at every subject anew. */
const selectRechecked = `
  SELECT at, offset_minutes FROM (
    SELECT seq, at, offset_minutes FROM audit WHERE seq = (
      SELECT MAX(seq) FROM audit WHERE subject_id = @subject AND action IN ('${[...changing, 'finding.confirmed'].join(`', '`)}')
    )
    UNION ALL
    SELECT seq, at, offset_minutes FROM audit
    WHERE item_id IS NULL AND action = 'study.installed' AND seq > (SELECT MIN(seq) FROM audit WHERE subject_id = @subject)
  ) ORDER BY seq DESC LIMIT 1`;
const selectStray =
  'SELECT DISTINCT subject_id FROM finding WHERE subject_id NOT IN (SELECT id FROM subject)';

export function findingProblems(
  db: ReadableDb,
  { model, siteCode }: { readonly model: StudyModel; readonly siteCode: string },
  progress: () => void,
): readonly string[] {
  const reader = createRecordReader(db, siteCode);
  const rows = db.prepare<[number], Row>(selectRows);
  const confirmations = db.prepare<[number], [string, string]>(selectConfirmations).raw();
  const rechecked = db.prepare<[{ subject: number }], Rechecked>(selectRechecked);
  const problems = db
    .prepare(selectStray)
    .all()
    .map(() => 'Findings of a subject that there is not are stored.');
  for (const subject of db.prepare<[], { id: number; number: string }>(selectSubjects).all()) {
    progress();
    const newest = rechecked.get({ subject: subject.id });
    const expected = newest === undefined ? [] : foundThen(subject, newest);
    if (expected === null || !agrees(rows.all(subject.id), expected))
      problems.push(`The findings of subject ${subject.number} are not those that its values give.`);
  }
  return problems;

  /** null when the record was altered into something that can't be checked at all. */
  function foundThen(subject: SubjectRowId, { at, offset_minutes }: Rechecked): readonly Finding[] | null {
    try {
      const record = reader.record(subject);
      return standingFindings(model, indexSubject(model, record), record.forms, {
        now: toLocalMinute({ at, offsetMinutes: offset_minutes }),
        confirmed: new Map(confirmations.all(subject.id)),
        // What an import or a second entry wrote is looked at like any entry.
        phase: 'entry',
      });
    } catch {
      // What the checks stumbled over is no value that the application writes.
      return null;
    }
  }
}

function agrees(rows: readonly Row[], expected: readonly Finding[]): boolean {
  if (rows.length !== expected.length) return false;
  return expected.every((finding, position) => {
    const row = rows[position];
    return (
      row?.position === position &&
      row.key === findingKey(finding) &&
      row.severity === finding.severity &&
      row.status === finding.status &&
      row.body === JSON.stringify(finding)
    );
  });
}
