import { describe, expect, it } from 'vitest';
import type { WritableDb } from '../../../electron/db/open.ts';
import { openBench, type Bench } from './workbench.ts';

const subject = '01-S01';
const night = { subject, event: 'N1', form: 'NIGHT' };

async function filledBench(): Promise<Bench & { db: WritableDb }> {
  const bench = await openBench();
  await bench.call('subjects.enrol', { subject });
  for (const value of ['3', '4', '5'])
    await bench.call('forms.save', { ...night, changes: [{ row: 1, item: 'night_wakes', value }] });
  return { ...bench, db: bench.services.session.authorise('signed-in').site.db };
}

/** As somebody with the key and another program would do it. */
function tamper(db: WritableDb, sql: string): void {
  db.exec(
    'DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted; DROP TRIGGER audit_grows_by_one',
  );
  const guards = [
    `CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'x'); END`,
    `CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'x'); END`,
    `CREATE TRIGGER audit_grows_by_one BEFORE INSERT ON audit BEGIN SELECT 1; END`,
  ];
  db.exec(sql);
  db.exec(guards.join(';'));
}

describe('where values came from', () => {
  const place = { event: 'N1', form: 'NIGHT', row: 1, item: 'night_wakes' };

  it('is the newest entry of each place; a place never written has none', async () => {
    const { call } = await filledBench();
    const history = await call('audit.history', { subject, ...place });
    const origins = await call('audit.origins', {
      subject,
      places: [place, { ...place, item: 'night_temp' }],
    });
    const newest = history.at(-1);
    expect(origins).toMatchObject([{ ...place, seq: newest?.seq, at: newest?.at, user: newest?.user }]);
  });

  it('is refused for a subject that there is not', async () => {
    const { refusal } = await filledBench();
    expect(await refusal('audit.origins', { subject: '01-S77', places: [place] })).toMatchObject({
      code: 'not-found',
    });
  });
});

describe('verifying', () => {
  it('finds nothing wrong with what the application wrote, and counts the entries', async () => {
    const { call, rows } = await filledBench();
    const report = await call('audit.verify', {});
    const [newest, verified] = await rows(
      `SELECT seq, lower(hex(hash)) AS head, action, detail ->> 'ok' AS ok FROM audit ORDER BY seq DESC LIMIT 2`,
    ).then((entries) => entries.toReversed());
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(newest).toMatchObject({ seq: report.entries, head: report.head });
    expect(verified).toMatchObject({ action: 'trail.verified', ok: 1 });
  });

  it.each([
    [
      'an entry with another user',
      `UPDATE audit SET user = 'bob' WHERE seq = 6`,
      'Entry 6 of the trail was changed',
    ],
    [
      'an entry with another value',
      `UPDATE audit SET new = replace(new, '"4"', '"7"') WHERE new LIKE '%"4"%'`,
      'was changed after it was written',
    ],
    [
      'an entry at another time',
      `UPDATE audit SET at = at + 1000 WHERE seq = 6`,
      'Entry 6 of the trail was changed',
    ],
    ['an entry taken out', `DELETE FROM audit WHERE seq = 6`, 'Entry 6 of the trail is missing'],
    ['the last entries cut off', `DELETE FROM audit WHERE seq > 6`, 'of the trail are missing'],
    [
      'an action that there is not',
      `UPDATE audit SET action = 'nothing' WHERE seq = 6`,
      'Entry 6 of the trail was changed',
    ],
    [
      'a value changed behind its trail',
      `UPDATE value SET text = '9', number = 9`,
      'is stored otherwise than the trail says',
    ],
    ['a value taken out', `DELETE FROM value`, 'is in the trail and not stored'],
    [
      'a value put in',
      `INSERT INTO item (name) VALUES ('night_temp'); INSERT INTO value SELECT form_id, row, (SELECT id FROM item WHERE name = 'night_temp'), '20', NULL, 20, NULL, NULL, NULL, 1, 0, 0 FROM value`,
      'the trail knows nothing of it',
    ],
    ['a mark taken away', `UPDATE value SET parked = 1`, 'is marked otherwise than the trail says'],
    ['a subject renamed', `UPDATE subject SET number = '01-S02'`, 'was changed after it was written'],
    [
      'a rule of the study changed',
      `UPDATE study_version SET definition = replace(definition, '50', '51')`,
      'definition of study sleep-diary was changed',
    ],
  ])('tells of %s, without the value', async (_, sql, told) => {
    const { call, db } = await filledBench();
    tamper(db, sql);
    const { ok, problems } = await call('audit.verify', {});
    expect(ok).toBe(false);
    expect(problems.join(' ')).toContain(told);
    expect(problems.join(' ')).not.toMatch(/"text"|"[3-9]"/u);
  });

  it('misses a guard that is gone', async () => {
    const { call, db } = await filledBench();
    db.exec('DROP TRIGGER audit_is_never_changed');
    expect((await call('audit.verify', {})).problems).toEqual([
      'The guard audit_is_never_changed of the trail is missing.',
    ]);
  });
});

describe('the trail', () => {
  it('carries time, local offset, user, role, site and origin of every entry', async () => {
    const { rows } = await filledBench();
    const entries = await rows(
      'SELECT at, offset_minutes, user, role, site, origin FROM audit WHERE item_id IS NOT NULL',
    );
    expect(entries).toHaveLength(3);
    expect(new Set(entries.map((entry) => JSON.stringify(entry)))).toEqual(
      new Set([
        JSON.stringify({
          at: Date.UTC(2024, 2, 5, 9, 30),
          offset_minutes: 60,
          user: 'anne',
          role: 'coordinator',
          site: '01',
          origin: 'entry',
        }),
      ]),
    );
  });

  it('records that the clock went back, once, before what was written after it', async () => {
    const bench = await filledBench();
    const noon = bench.clock.now();
    bench.clock.setBack(3 * 3_600_000);
    for (const value of ['6', '7'])
      await bench.call('forms.save', { ...night, changes: [{ row: 1, item: 'night_wakes', value }] });
    const moved = await bench.rows(
      `SELECT at, detail ->> 'minutes' AS minutes, detail ->> 'from' AS since FROM audit WHERE action = 'clock.moved'`,
    );
    expect(moved).toEqual([{ at: bench.clock.now(), minutes: -180, since: new Date(noon).toISOString() }]);
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });

  it('takes a fraction of a second for what it is', async () => {
    const bench = await filledBench();
    bench.clock.setBack(400);
    await bench.call('forms.save', { ...night, changes: [{ row: 1, item: 'night_wakes', value: '6' }] });
    expect(await bench.rows(`SELECT 1 FROM audit WHERE action = 'clock.moved'`)).toEqual([]);
  });

  it('can be written by nobody else: another statement is refused by the file itself', async () => {
    const { db } = await filledBench();
    expect(() => db.exec(`UPDATE audit SET user = 'bob'`)).toThrow('append-only');
    expect(() => db.exec('DELETE FROM audit')).toThrow('append-only');
  });
});
