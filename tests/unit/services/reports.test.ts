import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SummaryRowResult } from '#shared/summary-table.ts';
import type { StudyReport } from '#shared/summary-table/report.ts';
import { readByOpenpyxl } from '../exports/read-workbook.ts';
import { openBench, password, setRoles, temporaryFolder, user, type Bench } from './workbench.ts';

async function enter(
  bench: Bench,
  subject: string,
  event: string,
  form: string,
  answers: Readonly<Record<string, string>>,
): Promise<void> {
  const changes = Object.entries(answers).map(([item, value]) => ({ row: 1, item, value }));
  await bench.call('forms.save', { subject, event, form, changes });
}

/** Three sleepers; the second has a latency that can’t be, the third one that is known only as more than an hour. */
async function openWithSleepers(): Promise<Bench> {
  const bench = await openBench();
  for (const [position, latency] of ['15', '700', '>60'].entries()) {
    const subject = `01-S0${String(position + 1)}`;
    await bench.call('subjects.enrol', { subject });
    await enter(bench, subject, 'BASE', 'INTAKE', {
      intake_start: '2024-03-01',
      intake_shift: String(position % 2),
    });
    await enter(bench, subject, 'N1', 'NIGHT', { night_bed: '2024-03-01 22:00', night_latency: latency });
  }
  return bench;
}

function rowOf(report: StudyReport, id: string): SummaryRowResult {
  const rows = report.tables.flatMap((table) => table.sections.flatMap((section) => section.rows));
  const row = rows.find((known) => known.row === id);
  if (row === undefined) throw new Error(`the table has no row ${id}`);
  return row;
}

describe('the study table', () => {
  it('counts what is recorded, and says what it could not count', async () => {
    const report = await (await openWithSleepers()).call('reports.studyTable', {});
    expect(rowOf(report, 'sleepers').text.en).toBe('3');
    expect(rowOf(report, 'shift_work').text.en).toBe('1/3 (33%)');
    expect(rowOf(report, 'latency')).toMatchObject({
      n: 1,
      text: { en: '15–15' },
      missed: [
        { subject: '01-S02', cause: 'contradicted', item: 'night_latency' },
        { subject: '01-S03', cause: 'censored', item: 'night_latency' },
      ],
    });
  });

  it('counts a value again once its hard finding is gone', async () => {
    const bench = await openWithSleepers();
    await enter(bench, '01-S02', 'N1', 'NIGHT', { night_latency: '70' });
    expect(rowOf(await bench.call('reports.studyTable', {}), 'latency').text.en).toBe('15–70');
  });

  it('counts nothing of a subject that was only enrolled, and of an empty site says so', async () => {
    const bench = await openBench();
    await bench.call('subjects.enrol', { subject: '01-S01' });
    const report = await bench.call('reports.studyTable', {});
    expect(report.subjects).toBe(1);
    expect(rowOf(report, 'age')).toMatchObject({ n: 0, missing: 0, text: { en: 'not evaluable' } });
    expect(rowOf(report, 'age').shortfalls[0]?.fr).toBe('Une moyenne demande au moins 1 valeur.');
  });

  it('leaves out an answer that is no longer asked for', async () => {
    const bench = await openWithSleepers();
    const intake = (answers: Readonly<Record<string, string>>) =>
      enter(bench, '01-S02', 'BASE', 'INTAKE', answers);
    await intake({ intake_since: '2019' });
    expect(rowOf(await bench.call('reports.studyTable', {}), 'early_shifts').n).toBe(1);
    await intake({ intake_shift: '0' });
    expect(rowOf(await bench.call('reports.studyTable', {}), 'early_shifts').n).toBe(0);
  });

  it('names the state of the data, which sessions do not change and an answer does', async () => {
    const bench = await openWithSleepers();
    const first = await bench.call('reports.studyTable', {});
    await bench.call('session.signOut', {});
    await bench.call('session.signIn', { user, password });
    expect(await bench.call('reports.studyTable', {})).toEqual(first);
    await enter(bench, '01-S01', 'N2', 'NIGHT', { night_wakes: '3' });
    const { cut } = await bench.call('reports.studyTable', {});
    expect(cut.seq).toBeGreaterThan(first.cut.seq);
    expect(cut.head).not.toBe(first.cut.head);
    expect(cut.head).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('is read by everybody who may read subjects', async () => {
    const bench = await openWithSleepers();
    setRoles(bench, user, ['data-entry']);
    expect((await bench.call('reports.studyTable', {})).subjects).toBe(3);
  });
});

async function write(bench: Bench, format: 'xlsx' | 'html', language: 'en' | 'fr' = 'en'): Promise<string> {
  bench.dialog.file = path.join(temporaryFolder(), `table.${format}`);
  const chosen = await bench.call('reports.chooseFile', { format });
  return (await bench.call('reports.write', { file: chosen?.file ?? '', language })).file;
}

describe('a report written to a file', () => {
  it('gives nothing when the dialog was cancelled', async () => {
    const bench = await openBench();
    expect(await bench.call('reports.chooseFile', { format: 'html' })).toBeNull();
  });

  it('is a page that stands alone, with the numbers, their gaps and the state of the data', async () => {
    const bench = await openWithSleepers();
    const { cut, fingerprint } = await bench.call('reports.studyTable', {});
    const page = readFileSync(await write(bench, 'html', 'fr'), 'utf8');
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('1/3 (33\u00A0%)');
    expect(page).toContain('1 sous alerte bloquante');
    expect(page).toContain('Une moyenne demande au moins 1 valeur.');
    expect(page).toContain(cut.head);
    expect(page).toContain(fingerprint);
    expect(page).not.toMatch(/<script|<img|<link|https?:|url\(/u);
  });

  it('is a workbook that other programs read, with the subjects behind each number', async () => {
    const bench = await openWithSleepers();
    const { cut } = await bench.call('reports.studyTable', {});
    const file = await write(bench, 'xlsx');
    const book = readByOpenpyxl(file);
    expect(book.sheets.map(({ name }) => name)).toEqual(['STUDY_TABLE', 'SUBJECTS', 'README']);
    const [table, subjects, readme] = book.sheets.map(({ rows }) =>
      rows.map((row) => row.map((cell) => cell?.value ?? null)),
    );
    const header = table?.[0] ?? [];
    const shift = table?.find((row) => row.includes('shift_work')) ?? [];
    const cell = (name: string) => shift[header.indexOf(name)];
    expect([cell('N'), cell('MISSING'), cell('COUNT'), cell('OF')]).toEqual([3, 0, 1, 3]);
    expect(cell('PERCENT')).toBeCloseTo(100 / 3, 10);
    expect(subjects?.filter((row) => row[0] === 'latency')).toEqual([
      ['latency', '01-S01', 15, null, null, null],
      ['latency', '01-S02', null, null, 'under an open hard finding', 'night_latency'],
      ['latency', '01-S03', null, null, 'known only as < or >', 'night_latency'],
    ]);
    expect(readme).toContainEqual(['Trail head (SHA-256)', cut.head]);
  });

  it('of the same data is the same bytes', async () => {
    const bench = await openWithSleepers();
    const [first, second] = [await write(bench, 'xlsx'), await write(bench, 'xlsx')];
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
  });

  it('leaves an entry in the trail, and nothing else beside it', async () => {
    const bench = await openWithSleepers();
    const file = await write(bench, 'html');
    expect(readdirSync(path.dirname(file))).toEqual(['table.html']);
    expect(
      await bench.rows(
        `SELECT user, detail ->> 'file' AS file, detail ->> 'report' AS report FROM audit WHERE action = 'export.done'`,
      ),
    ).toEqual([{ user, file: 'table.html', report: 'study-table' }]);
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });

  it('shows text of a site name as text', async () => {
    const bench = await openBench();
    const { db } = bench.services.session.authorise('signed-in').site;
    db.prepare(`UPDATE meta SET value = '<img src=x onerror=alert(1)>' WHERE key LIKE '%name%'`).run();
    await bench.call('session.signOut', {});
    await bench.call('session.signIn', { user, password });
    expect((await bench.call('reports.studyTable', {})).site.name).toContain('<img');
    expect(readFileSync(await write(bench, 'html'), 'utf8')).not.toContain('<img');
  });

  it.each(['table.pdf', '/tmp/table', '/tmp/table.html\0.txt', 'file:///tmp/table.html', '/tmp/keys.json'])(
    'is refused for %j',
    async (file) => {
      const bench = await openBench();
      expect((await bench.refusal('reports.write', { file, language: 'en' })).code).toBe('invalid-input');
    },
  );

  it('goes to a file that the save dialog answered, and to no other', async () => {
    const bench = await openBench();
    const folder = temporaryFolder();
    bench.dialog.file = path.join(folder, 'chosen.html');
    await bench.call('reports.chooseFile', { format: 'html' });
    for (const name of ['other.html', 'chosen.xlsx', 'sub/../other.html']) {
      const file = `${folder}/${name}`;
      expect((await bench.refusal('reports.write', { file, language: 'en' })).key).toBe(
        'export-file-not-chosen',
      );
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not keep the choice of a person who signed out', async () => {
    const bench = await openBench();
    const file = path.join(temporaryFolder(), 'chosen.html');
    bench.dialog.file = file;
    await bench.call('reports.chooseFile', { format: 'html' });
    await bench.call('session.signOut', {});
    await bench.call('session.signIn', { user, password });
    expect((await bench.refusal('reports.write', { file, language: 'en' })).key).toBe(
      'export-file-not-chosen',
    );
  });

  it('is refused to data entry, and a folder that is not there is named', async () => {
    const bench = await openBench();
    const file = path.join(temporaryFolder(), 'gone', 'table.html');
    bench.dialog.file = file;
    await bench.call('reports.chooseFile', { format: 'html' });
    expect((await bench.refusal('reports.write', { file, language: 'en' })).key).toBe(
      'export-folder-missing',
    );
    setRoles(bench, user, ['data-entry']);
    expect((await bench.refusal('reports.write', { file, language: 'en' })).code).toBe('forbidden');
  });

  it('replaces the file that was there', async () => {
    const bench = await openBench();
    const file = path.join(temporaryFolder(), 'table.html');
    writeFileSync(file, 'older');
    bench.dialog.file = file;
    await bench.call('reports.chooseFile', { format: 'html' });
    await bench.call('reports.write', { file, language: 'en' });
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/u);
  });
});
