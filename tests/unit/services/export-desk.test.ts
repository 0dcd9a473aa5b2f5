import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import type { ExportStatus } from '#shared/bridge.ts';
import { wholeWorkbook } from '#shared/export-choices.ts';
import { openBench, setRoles, temporaryFolder, user, type Bench } from './workbench.ts';

async function openWithChild(): Promise<Bench & { readonly file: string }> {
  const bench = await openBench();
  const file = path.join(temporaryFolder(), 'book.xlsx');
  bench.dialog.file = file;
  await bench.call('subjects.enrol', { subject: '01-S01' });
  await bench.call('forms.save', {
    subject: '01-S01',
    event: 'N1',
    form: 'NIGHT',
    changes: [{ row: 1, item: 'night_temp', value: '21,5' }],
  });
  return { ...bench, file };
}

async function startExport(bench: Bench): Promise<string> {
  const chosen = await bench.call('exports.chooseFile', {});
  return (await bench.call('exports.start', { file: chosen?.file ?? '', ...wholeWorkbook })).job;
}

const ended = (bench: Bench, job: string): Promise<ExportStatus> =>
  vi.waitUntil(
    async () => {
      const status = await bench.call('exports.status', { job });
      return status.state === 'running' ? null : status;
    },
    { timeout: 15_000 },
  ); // waitUntil gives what is not null

it('writes the workbook to the chosen file and the export into the trail', async () => {
  const bench = await openWithChild();
  const status = await ended(bench, await startExport(bench));
  expect(status).toMatchObject({ state: 'done', file: bench.file });
  expect(statSync(bench.file).size).toBeGreaterThan(1000);
  const { cells } = status as Extract<ExportStatus, { state: 'done' }>;
  expect(
    await bench.rows(
      `SELECT user, role, detail ->> 'file' AS file, detail ->> 'cells' AS cells FROM audit WHERE action = 'export.done'`,
    ),
  ).toEqual([{ user, role: 'coordinator', file: 'book.xlsx', cells }]);
  expect((await bench.call('audit.verify', {})).ok).toBe(true);
});

it('leaves no file when it is cancelled', async () => {
  const bench = await openWithChild();
  const job = await startExport(bench);
  await bench.call('exports.cancel', { job });
  expect((await ended(bench, job)).state).toBe('cancelled');
  expect(existsSync(bench.file)).toBe(false);
  expect(await bench.rows(`SELECT 1 FROM audit WHERE action = 'export.done'`)).toEqual([]);
});

it('gives nothing when the dialog was cancelled', async () => {
  const bench = await openBench();
  expect(await bench.call('exports.chooseFile', {})).toBeNull();
});

it('knows no job of another session', async () => {
  const bench = await openWithChild();
  const job = await startExport(bench);
  await ended(bench, job);
  await bench.call('session.signOut', {});
  await bench.call('session.signIn', { user, password: 'correct horse battery' });
  expect((await bench.refusal('exports.status', { job })).code).toBe('not-found');
  expect((await bench.refusal('exports.cancel', { job })).code).toBe('not-found');
});

it('is refused to data entry', async () => {
  const bench = await openWithChild();
  await bench.call('exports.chooseFile', {});
  setRoles(bench, user, ['data-entry']);
  expect((await bench.refusal('exports.start', { file: bench.file, ...wholeWorkbook })).code).toBe(
    'forbidden',
  );
  expect(existsSync(bench.file)).toBe(false);
});
