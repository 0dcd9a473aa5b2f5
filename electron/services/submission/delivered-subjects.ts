/** The subjects of a database as the acceptance rules look at them, one at a time. */
import type { Finding } from '#shared/record.ts';
import type { DeliveredSubject } from '#shared/submission/delivery.ts';
import type { ReadableDb } from '../../db/open.ts';
import { openQueriesOf } from '../open-queries.ts';
import { createRecordReader } from '../record-rows.ts';
import { signaturesOf } from '../signature-rows.ts';

const selectSubjects = 'SELECT number FROM subject ORDER BY number';
const selectFindings = 'SELECT body FROM finding WHERE subject_id = ? ORDER BY position';

/** The caller holds a read transaction for as long as it reads. */
export function* readDeliveredSubjects(
  db: ReadableDb,
  siteCode: string,
): Generator<DeliveredSubject, void, undefined> {
  const reader = createRecordReader(db, siteCode);
  const bodies = db.prepare<[number], string>(selectFindings).pluck();
  for (const number of db.prepare<[], string>(selectSubjects).pluck().all()) {
    const subject = reader.subject(number);
    if (subject === null) continue;
    const record = reader.record(subject);
    yield {
      record,
      // Written by finding-rows.ts; the file is authenticated by its cipher.
      findings: bodies.all(subject.id).map((body) => JSON.parse(body) as Finding),
      openQueries: openQueriesOf(db, subject),
      signatures: signaturesOf(db, subject, record),
    };
  }
}
