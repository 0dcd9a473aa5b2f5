import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type AuditEntry } from '#shared/audit.ts';
import { newestHeadName } from '../../../electron/db/newest-head.ts';
import { openForReading } from '../../../electron/db/open.ts';
import {
  createHashedText,
  selectHashed,
  type HashedEntry,
} from '../../../electron/services/verify/stored-entry.ts';
import { openAllRolesVictim } from '../security/all-roles.ts';
import { copyFile, openAsClient } from '../security/tampering.ts';
import { password, startProcess, user, type Bench } from './workbench.ts';

const night = { subject: '01-S01', event: 'N1', form: 'NIGHT' };
const all = { filter: {}, order: 'seq', descending: true, offset: 0, limit: 100 } as const;

async function signInAgain(bench: Bench): Promise<void> {
  await bench.call('session.signIn', { user, password });
}

describe('the list of entries', () => {
  it('gives the newest first, and pages', async () => {
    const { call } = await openAllRolesVictim();
    const { rows, total, groups } = await call('audit.list', all);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => total - index));
    expect(groups).toContain('value');
    const second = await call('audit.list', { ...all, offset: 1, limit: 1 });
    expect(second.rows).toEqual([rows[1]]);
  });

  it('is filtered by subject, kind, user and time', async () => {
    const bench = await openAllRolesVictim();
    const list = async (filter: object) => (await bench.call('audit.list', { ...all, filter })).rows;
    expect(new Set((await list({ subject: '01-S01' })).map(({ subject }) => subject))).toEqual(
      new Set(['01-S01']),
    );
    expect(new Set((await list({ group: 'value' })).map(({ action }) => action))).toEqual(
      new Set(['value.set']),
    );
    expect(await list({ user: 'nobody' })).toEqual([]);
    expect(await list({ from: bench.clock.now() + 1 })).toEqual([]);
  });
});

describe('a review', () => {
  it('counts corrections after completion, and begins after the last one that was signed', async () => {
    const bench = await openAllRolesVictim();
    const save = (item: string, value: string, reason?: string) =>
      bench.call('forms.save', {
        ...night,
        changes: [{ row: 1, item, value, ...(reason === undefined ? {} : { reason }) }],
      });
    await save('night_bed', '2024-03-04T22:00');
    await save('night_up', '2024-03-05T06:30');
    await bench.call('forms.complete', night);
    await save('night_wakes', '2', 'OTH: misread');
    const before = await bench.call('audit.questions', {});
    expect(before.counts.find(({ question }) => question === 'after-complete')?.count).toBe(1);
    const found = await bench.call('audit.list', { ...all, filter: { question: 'after-complete' } });
    expect(found.rows.map(({ item }) => item)).toEqual(['night_wakes']);

    const after = await bench.call('audit.review', { toSeq: before.toSeq, note: 'Asked the site', password });
    expect(after).toMatchObject({ fromSeq: before.toSeq + 1, last: { user, note: 'Asked the site' } });
    expect(after.counts.find(({ question }) => question === 'after-complete')?.count).toBe(0);
  });

  it('is refused with a wrong password, and for entries that were reviewed', async () => {
    const bench = await openAllRolesVictim();
    const { toSeq } = await bench.call('audit.questions', {});
    const review = { toSeq, note: 'All', password };
    expect(await bench.refusal('audit.review', { ...review, password: 'another one' })).toMatchObject({
      code: 'wrong-password',
    });
    await bench.call('audit.review', review);
    expect(await bench.refusal('audit.review', review)).toMatchObject({ code: 'conflict' });
  });
});

describe('known heads', () => {
  it('tell that the whole file was replaced by an older one, with the note beside it', async () => {
    const bench = await openAllRolesVictim();
    const older = copyFile(bench, 'older.copy');
    const note = path.join(bench.folder, newestHeadName);
    const olderNote = readFileSync(note);
    await bench.call('subjects.enrol', { subject: '01-S02' });
    await bench.call('session.signOut', {});
    copyFileSync(older, path.join(bench.folder, 'site.cahier'));
    for (const tail of ['-wal', '-shm'])
      rmSync(path.join(bench.folder, `site.cahier${tail}`), { force: true });
    // The note of the newest entry alone keeps such a file from being opened.
    expect(await bench.refusal('session.signIn', { user, password })).toMatchObject({
      key: 'entries-missing',
    });
    writeFileSync(note, olderNote);
    await signInAgain(bench);
    const { ok, problems } = await bench.call('audit.verify', {});
    expect(ok).toBe(false);
    expect(problems.join(' ')).toMatch(/The file is older than the sign-out of|was written anew/u);
  });

  it('can not be edited unseen', async () => {
    const bench = await openAllRolesVictim();
    await bench.call('session.signOut', {});
    const file = path.join(bench.folder, 'heads.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"seq": ', '"seq": 1'));
    await signInAgain(bench);
    expect((await bench.call('audit.verify', {})).problems.join(' ')).toContain('heads.json, was changed');
  });

  it('can not be removed unseen: verifying says so, and so does the opening', async () => {
    const bench = await openAllRolesVictim();
    await bench.call('session.signOut', {});
    rmSync(path.join(bench.folder, 'heads.json'));
    await signInAgain(bench);
    const { ok, problems } = await bench.call('audit.verify', {});
    expect(ok).toBe(false);
    expect(problems.join(' ')).toContain('heads.json, is missing, although the trail says');
    expect((await bench.call('audit.watch', {})).openingProblems.join(' ')).toContain(
      'heads.json, is missing',
    );
  });

  it('are not missed where nobody has signed out yet', async () => {
    const bench = await openAllRolesVictim();
    rmSync(path.join(bench.folder, 'heads.json'), { force: true });
    const { db, trail } = bench.services.session.authorise('signed-in').site;
    const doer = { user: 'cahier', role: 'system' };
    // As a file of an earlier version, or a restored one, begins.
    db.transaction(() => {
      trail.note(doer, { at: bench.clock.now(), offsetMinutes: 0 }, 'site.loss-accepted', {
        detail: { newest: 1, noted: 2 },
      });
    }).immediate();
    expect((await bench.call('audit.verify', {})).problems.join(' ')).not.toContain('heads.json');
  });
});

describe('an opening', () => {
  it('tells at once that one of the newest entries was altered', async () => {
    const bench = await openAllRolesVictim();
    const { key } = bench.services.session.authorise('signed-in').site;
    await bench.call('session.signOut', {});
    const db = openAsClient(path.join(bench.folder, 'site.cahier'), key);
    db.exec(`DROP TRIGGER audit_is_never_changed; UPDATE audit SET user = 'bob' WHERE seq = 5`);
    db.close();
    const again = startProcess(bench.folder, bench.clock);
    await again.call('site.use', { folder: bench.folder });
    await signInAgain(again);
    const { openingProblems } = await again.call('audit.watch', {});
    expect(openingProblems).toEqual([
      'Entry 5 of the trail was changed after it was written.',
      'The guard audit_is_never_changed of the trail is missing.',
    ]);
  });
});

describe('the text that is hashed', () => {
  it('is put together by SQLite as canonicalJson gives it, whatever a person typed', async () => {
    const bench = await openAllRolesVictim();
    const { site } = bench.services.session.authorise('signed-in');
    const stamp = {
      at: '2024-03-05T09:30:00.000Z',
      offsetMinutes: -210,
      user: 'a"\\é',
      role: 'x',
      site: '01',
    };
    const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((one) => one.isWellFormed());
    fc.assert(
      fc.property(text, text, fc.double({ noNaN: true, noDefaultInfinity: true }), (reason, note, number) => {
        site.trail.append([
          {
            ...stamp,
            ...{
              // No table has to follow from it, so that it may say anything.
              action: 'session.refused',
              subject: '01-S01',
              event: null,
              form: null,
              row: null,
              item: null,
            },
            ...{ old: null, new: null, reason, origin: 'system', detail: { note, number, flag: true } },
          },
        ]);
        const db = openForReading(site.databaseFile, site.key);
        const entry = db.prepare<[], HashedEntry>(`${selectHashed} DESC LIMIT 1`).raw().get();
        db.close();
        const { hash: _, ...expected } = [...site.trail.entries()].at(-1) ?? { hash: '' };
        expect(entry === undefined ? '' : createHashedText()(entry, '')).toBe(
          canonicalJson(expected satisfies Partial<AuditEntry>),
        );
      }),
      { numRuns: 60 },
    );
    expect((await bench.call('audit.verify', {})).problems).toEqual([]);
  });
});
