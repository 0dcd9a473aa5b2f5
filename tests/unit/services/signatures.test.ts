import { describe, expect, it } from 'vitest';
import {
  night,
  openCompleted,
  openSigned,
  save,
  secondNight,
  sign,
  signing,
  stateOf,
  subject,
  validities,
  whole,
} from './reviewed-subject.ts';
import { password, setRoles, user, type Bench } from './workbench.ts';

const database = (bench: Bench) => bench.services.session.authorise('signed-in').site.db;

/** The record is kept in memory between saves: as when the file is opened anew. */
function alter(bench: Bench, sql: string): void {
  database(bench).exec(sql);
  bench.services.session.authorise('signed-in').site.rows.forget();
}

describe('a signature', () => {
  it('tells printed name, role, meaning and time, and is valid', async () => {
    const bench = await openCompleted();
    await bench.call('forms.verify', night);
    const { signature } = await bench.call('signatures.sign', await signing(bench, night));
    expect(signature).toMatchObject({
      ...night,
      ...{ user, printedName: user, role: 'investigator', meaning: 'reviewed', offsetMinutes: 60 },
      at: '2024-03-05T09:30:00.000Z',
      validity: { state: 'valid' },
    });
    expect(await bench.call('signatures.list', { subject })).toEqual({ signatures: [signature] });
  });

  it('is in the trail with all that its row holds', async () => {
    const bench = await openSigned(night);
    const [row] = await bench.rows(
      `SELECT id, event, form, printed_name, meaning, content_hash, study_fingerprint, trail_seq FROM signature`,
    );
    const [entry] = await bench.rows(
      `SELECT detail ->> 'signature' AS id, detail ->> 'event' AS event, detail ->> 'form' AS form, detail ->> 'printedName' AS printed_name,
         detail ->> 'meaning' AS meaning, detail ->> 'contentHash' AS content_hash, detail ->> 'studyFingerprint' AS study_fingerprint,
         detail ->> 'trailSeq' AS trail_seq FROM audit WHERE action = 'signature.made'`,
    );
    expect(entry).toEqual(row);
  });

  it('is broken by a change, which is named, and asked for again', async () => {
    const bench = await openSigned(night);
    await save(bench, night, { night_wakes: '4' }, 'TYPO');
    expect(await validities(bench)).toEqual(['1 broken by N1 night_wakes']);
    expect((await bench.call('signatures.owed', {})).signatures).toMatchObject([{ id: 1, ...night }]);
    expect(
      await bench.rows(
        `SELECT detail ->> 'signature' AS signature, (SELECT action FROM audit AS cause WHERE cause.seq = audit.detail ->> 'by') AS cause
         FROM audit WHERE action = 'signature.broken'`,
      ),
    ).toEqual([{ signature: 1, cause: 'value.set' }]);
    await bench.call('forms.verify', night);
    await sign(bench, night);
    expect(await validities(bench)).toEqual(['1 broken by N1 night_wakes', '2 valid']);
    expect((await bench.call('signatures.owed', {})).signatures).toEqual([]);
  });

  it('stays broken when the change is taken back, and is told as broken once', async () => {
    const bench = await openSigned(night);
    await save(bench, night, { night_wakes: '4' }, 'TYPO');
    await save(bench, night, { night_wakes: '3' }, 'TYPO');
    expect(await validities(bench)).toEqual(['1 broken by N1 night_wakes, N1 night_wakes']);
    expect(await bench.rows(`SELECT action FROM audit WHERE action = 'signature.broken'`)).toHaveLength(1);
  });

  it('over a form is not touched by a change elsewhere; one over the subject is', async () => {
    const bench = await openSigned(whole);
    await sign(bench, night);
    await save(bench, secondNight, { night_wakes: '4' }, 'TYPO');
    expect(await validities(bench)).toEqual(['1 broken by N2 night_wakes', '2 valid']);
    expect([await stateOf(bench, night), await stateOf(bench, secondNight)]).toEqual(['signed', 'complete']);
  });

  it('outlives locking and unlocking', async () => {
    const bench = await openSigned(whole);
    await bench.call('forms.lock', whole);
    await bench.call('forms.unlock', { ...whole, reason: 'Correction expected' });
    expect(await validities(bench)).toEqual(['1 valid']);
  });
});

describe('a signature in an altered file', () => {
  it.each([
    ['another value', `UPDATE value SET text = '9', number = 9 WHERE text = '3' AND form_id = 2`],
    ['two values swapped', swap('night_bed', 'night_up')],
    ['another version', `UPDATE value SET version = version + 1 WHERE text = '3' AND form_id = 2`],
    ['a value parked', `UPDATE value SET parked = 1 WHERE text = '3' AND form_id = 2`],
    ['a value taken out', `DELETE FROM value WHERE text = '3' AND form_id = 2`],
    ['another scope', `UPDATE signature SET event = 'N2'`],
    ['another definition', `UPDATE signature SET study_fingerprint = '${'0'.repeat(64)}'`],
  ])('is broken by %s, without a change to name', async (_, sql) => {
    const bench = await openSigned(night);
    alter(bench, sql);
    expect(await validities(bench)).toEqual(['1 broken by ']);
  });

  it('is broken when it is copied to another subject with the same answers', async () => {
    const bench = await openSigned(night);
    const other = '01-S02';
    await bench.call('subjects.enrol', { subject: other });
    await save(
      bench,
      { ...night, subject: other },
      { night_bed: '2024-03-01 23:00', night_up: '2024-03-02 06:30', night_wakes: '3' },
    );
    alter(
      bench,
      `INSERT INTO signature (subject_id, event, form, user, printed_name, role, meaning, at, offset_minutes, study_fingerprint, content_hash, trail_seq)
       SELECT 2, event, form, user, printed_name, role, meaning, at, offset_minutes, study_fingerprint, content_hash, (SELECT MAX(seq) FROM audit) FROM signature`,
    );
    expect(await validities(bench, other)).toEqual(['2 broken by ']);
  });
});

describe('signing', () => {
  it('asks for the user name the first time in a session, then for the password alone', async () => {
    const bench = await openCompleted();
    await bench.call('forms.verify', whole);
    const { user: _, ...nameless } = await signing(bench, night);
    expect((await bench.refusal('signatures.sign', nameless)).key).toBe('user-name-needed');
    expect(await bench.call('signatures.asksName', {})).toEqual({ asksName: true });
    await sign(bench, night);
    expect(await bench.call('signatures.asksName', {})).toEqual({ asksName: false });
    const { user: __, ...second } = await signing(bench, secondNight);
    await bench.call('signatures.sign', second);
    await bench.call('session.lock', {});
    await bench.call('session.unlock', { password });
    expect(await bench.call('signatures.asksName', {})).toEqual({ asksName: true });
  });

  it('with a wrong password is refused, counted and in the trail', async () => {
    const bench = await openCompleted();
    await bench.call('forms.verify', night);
    const wrong = await signing(bench, night, { password: 'not the password' });
    expect((await bench.refusal('signatures.sign', wrong)).code).toBe('wrong-password');
    expect(await bench.rows(`SELECT user FROM audit WHERE action = 'session.failed'`)).toEqual([{ user }]);
    for (let attempt = 0; attempt < 8; attempt += 1) await bench.refusal('signatures.sign', wrong);
    expect((await bench.refusal('signatures.sign', await signing(bench, night))).code).toBe(
      'too-many-attempts',
    );
    expect(await bench.rows('SELECT id FROM signature')).toEqual([]);
  });

  it('of a form that is not verified is refused', async () => {
    const bench = await openCompleted();
    expect((await bench.refusal('signatures.sign', await signing(bench, night))).key).toBe(
      'forms-in-the-way',
    );
  });

  it('is refused to whoever is no investigator', async () => {
    const bench = await openCompleted();
    const input = await signing(bench, night);
    setRoles(bench, user, ['coordinator', 'monitor', 'data-manager', 'administrator', 'data-entry']);
    expect((await bench.refusal('signatures.sign', input)).code).toBe('forbidden');
  });
});
/** Between two items of the signed night. */
function swap(one: string, other: string): string {
  const of = (name: string) => `(SELECT id FROM item WHERE name = '${name}')`;
  return `
    CREATE TEMP TABLE kept AS SELECT text FROM value WHERE form_id = 2 AND item_id = ${of(one)};
    UPDATE value SET text = (SELECT text FROM value WHERE form_id = 2 AND item_id = ${of(other)}) WHERE form_id = 2 AND item_id = ${of(one)};
    UPDATE value SET text = (SELECT text FROM kept) WHERE form_id = 2 AND item_id = ${of(other)};`;
}
