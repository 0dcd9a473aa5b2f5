import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { ReadableDb } from '../../../electron/db/open.ts';
import { createSubjectFinder } from '../../../electron/services/subject-finder.ts';
import { openBench } from './workbench.ts';

function finderOf(numbers: readonly string[]) {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE subject (number TEXT)');
  for (const number of numbers) db.prepare('INSERT INTO subject VALUES (?)').run(number);
  return createSubjectFinder(db as unknown as ReadableDb); // a plain database will do: only one column is read
}

describe('finding subjects', () => {
  const numbers = ['01-003', '01-001', '01-A12', '01-012', '01-120'];
  it.each([
    ['', ['01-001', '01-003', '01-012', '01-120', '01-A12'], 5],
    ['01-', ['01-001', '01-003', '01-012', '01-120', '01-A12'], 5],
    ['12', ['01-012', '01-120', '01-A12'], 3],
    ['a12', ['01-A12'], 1],
    [' 003 ', ['01-003'], 1],
    ['1-0', ['01-001', '01-003', '01-012'], 3],
    ['x', [], 0],
    ['\n', ['01-001', '01-003', '01-012', '01-120', '01-A12'], 5],
    ['1\n0', [], 0],
    ['%', [], 0],
  ])('%j gives %j', (search, found, total) => {
    expect(finderOf(numbers).find(search, 0, 10)).toEqual({ numbers: found, total });
  });

  it('gives a page of the hits and counts them all', () => {
    const finder = finderOf(
      Array.from({ length: 1000 }, (_, index) => `01-${String(index).padStart(4, '0')}`),
    );
    expect(finder.find('9', 2, 3)).toEqual({ numbers: ['01-0029', '01-0039', '01-0049'], total: 271 });
    expect(finder.find('', 998, 10)).toEqual({ numbers: ['01-0998', '01-0999'], total: 1000 });
  });

  it('finds a subject as soon as it is enrolled, in its place', () => {
    const finder = finderOf(numbers);
    finder.find('12', 0, 10);
    finder.add('01-112');
    expect(finder.find('12', 0, 10).numbers).toEqual(['01-012', '01-112', '01-120', '01-A12']);
  });
});

describe('enrolling', () => {
  it('lists the subject and records it', async () => {
    const bench = await openBench();
    await bench.call('subjects.enrol', { subject: '01-S01' });
    expect(await bench.call('subjects.list', { search: 's01', offset: 0, limit: 10 })).toEqual({
      rows: [{ subject: '01-S01', status: 'enrolled', openHard: 0, openSoft: 0, lastChange: null }],
      total: 1,
    });
    expect(await bench.rows(`SELECT user, role FROM audit WHERE action = 'subject.enrolled'`)).toEqual([
      { user: 'anne', role: 'coordinator' },
    ]);
  });

  it.each([
    ['01-001', 'subject-number-unfit'],
    ['01-S01 ', 'subject-number-unfit'],
    ['x01-S01', 'subject-number-unfit'],
    ['02-S01', 'subject-of-other-site'],
  ])('refuses %j', async (subject, key) => {
    const bench = await openBench();
    expect((await bench.refusal('subjects.enrol', { subject })).key).toBe(key);
    expect(await bench.rows('SELECT 1 FROM subject')).toEqual([]);
  });

  it('refuses a number that is taken', async () => {
    const bench = await openBench();
    await bench.call('subjects.enrol', { subject: '01-S01' });
    expect((await bench.refusal('subjects.enrol', { subject: '01-S01' })).code).toBe('exists');
  });

  it('offers the first number, then the one after the greatest, then a gap', async () => {
    const bench = await openBench();
    const next = async () => (await bench.call('subjects.nextNumber', {})).subject;
    expect(await next()).toBe('01-S01');
    await bench.call('subjects.enrol', { subject: '01-S07' });
    expect(await next()).toBe('01-S08');
    await bench.call('subjects.enrol', { subject: '01-S99' });
    expect(await next()).toBe('01-S01');
  });
});

describe('opening a subject', () => {
  it('gives values, form states, findings and the time of the newest change', async () => {
    const bench = await openBench();
    await bench.call('subjects.enrol', { subject: '01-S01' });
    expect(await bench.call('subjects.open', { subject: '01-S01' })).toEqual({
      record: { subject: '01-S01', site: '01', forms: [], values: [] },
      findings: [],
      queries: [],
      savedAt: null,
      signatures: [],
      freezes: { ofSubject: null, ofSite: null },
      openQueries: [],
    });
    await bench.call('forms.save', {
      subject: '01-S01',
      event: 'N1',
      form: 'NIGHT',
      changes: [{ row: 1, item: 'night_temp', value: '50' }],
    });
    const opened = await bench.call('subjects.open', { subject: '01-S01' });
    expect(opened.record.forms).toEqual([{ event: 'N1', form: 'NIGHT', state: 'in-progress' }]);
    expect(opened.findings.map(({ check }) => check)).toContain('night_temp.hard');
    expect(opened.savedAt).toBe(new Date(bench.clock.now()).toISOString());
  });
});
