import { describe, expect, it } from 'vitest';
import { queryProof } from '../../../electron/services/proofs/queries.ts';
import { openBench, setRoles, user, type Bench } from './workbench.ts';

const subject = '01-S01';
const night = { subject, event: 'N1', form: 'NIGHT' };
const temperature = { ...night, row: 1, item: 'night_temp' };

/** A night on which every kind of move was made. */
async function openAsked(): Promise<Bench> {
  const bench = await openBench();
  await bench.call('subjects.enrol', { subject });
  const save = (value: string) =>
    bench.call('forms.save', { ...night, changes: [{ row: 1, item: 'night_temp', value }] });
  await save('35');
  await save('20');
  await save('36');
  await bench.call('findings.confirm', { ...temperature, check: 'night_temp.soft', reason: 'Heat wave' });
  await save('37');
  await save('36');
  setRoles(bench, user, ['monitor', 'data-entry']);
  await bench.call('queries.open', { ...temperature, text: 'Inside?' });
  await bench.call('queries.answer', { subject, query: 3, text: 'Yes.' });
  await bench.call('queries.reopen', { subject, query: 3, text: 'Which room?' });
  await bench.call('queries.close', { subject, query: 3, text: 'Seen on the plan.' });
  return bench;
}
/** As another program would find it, after `change` with the guards of the application out of the way. */
function problemsAfter(bench: Bench, change: string): readonly string[] {
  const { db, trail } = bench.services.session.authorise('signed-in').site;
  db.exec(`PRAGMA foreign_keys = OFF; ${change}`);
  const proof = queryProof();
  for (const entry of trail.entries())
    if (proof.actions.some((action) => action === entry.action)) proof.read(entry);
  return proof.problems(db);
}

describe('queries held against the trail', () => {
  it('follow from it after every kind of move', async () => {
    expect(problemsAfter(await openAsked(), '')).toEqual([]);
  });

  it.each([
    [
      'a query that was closed by hand',
      "UPDATE query SET state = 'closed', closed_by = 'acceptance' WHERE id = 2",
      'Query 2 is stored otherwise than the trail says.',
    ],
    [
      'another end',
      "UPDATE query SET closed_by = 'acceptance' WHERE id = 1",
      'Query 1 is stored otherwise than the trail says.',
    ],
    [
      'another place',
      "UPDATE query SET item = 'night_wakes' WHERE id = 3",
      'Query 3 is stored otherwise than the trail says.',
    ],
    [
      'another day',
      'UPDATE query SET opened_at = opened_at + 1 WHERE id = 3',
      'Query 3 is stored otherwise than the trail says.',
    ],
    [
      'other words of the check',
      "UPDATE query SET message_fr = 'rien' WHERE id = 2",
      'Query 2 is stored otherwise than the trail says.',
    ],
    [
      'a word in the mouth of somebody',
      "UPDATE query_message SET text = 'No.' WHERE query_id = 3 AND position = 2",
      'What was said about query 3 is stored otherwise than the trail says.',
    ],
    [
      'another author',
      "UPDATE query_message SET user = 'mallory' WHERE query_id = 3 AND position = 2",
      'What was said about query 3 is stored otherwise than the trail says.',
    ],
    [
      'a word taken away',
      'DELETE FROM query_message WHERE query_id = 3 AND position = 3',
      'What was said about query 3 is stored otherwise than the trail says.',
    ],
    [
      'a query taken away',
      'DELETE FROM query_message WHERE query_id = 3; DELETE FROM query WHERE id = 3',
      'Query 3 is in the trail and not stored.',
    ],
    [
      'a query put in',
      "INSERT INTO query (id, subject_id, event, form, row, item, state, opened_at, changed_at) SELECT 9, subject_id, event, form, row, item, 'open', 1, 1 FROM query WHERE id = 3",
      'Query 9 is stored and the trail knows nothing of it.',
    ],
    [
      'words about nothing',
      'INSERT INTO query_message SELECT 9, position, kind, text, user, role, at, offset_minutes FROM query_message WHERE query_id = 3',
      'What was said about query 9 is stored without the query.',
    ],
    [
      'a finding taken away',
      'DELETE FROM finding',
      'A query of check night_temp.soft about subject 01-S01 at night_temp (NIGHT in N1, row 1) has no finding.',
    ],
  ])('show %s', async (_, change, problem) => {
    expect(problemsAfter(await openAsked(), change)).toContain(problem);
  });

  it('show a finding that nobody asks about', async () => {
    const bench = await openAsked();
    const add = `INSERT INTO finding SELECT subject_id, 99, 'x', severity, status, json_set(body, '$.check', 'night_temp.hard') FROM finding WHERE position = 0`;
    expect(problemsAfter(bench, add)).toEqual([
      'Finding night_temp.hard of subject 01-S01 at night_temp (NIGHT in N1, row 1) has no query.',
    ]);
  });
});
