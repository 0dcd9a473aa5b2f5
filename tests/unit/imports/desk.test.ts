import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { MethodInput } from '#shared/bridge.ts';
import type { ImportStatus } from '#shared/contract/imports.ts';
import { openBench, password, setRoles, temporaryFolder, user, type Bench } from '../services/workbench.ts';

const mapping: NonNullable<MethodInput<'imports.dryRun'>['mapping']> = {
  cahierMapping: 1,
  name: 'Nights',
  study: 'sleep-diary',
  tables: [
    {
      ...{ orientation: 'rows', header: 1, dateOrder: 'dmy', missing: {}, row: 'first', ignored: [] },
      subject: { column: 'id', prefix: '01-S', digits: 2 },
      event: 'N1',
      columns: [
        { column: 'wakes', item: 'night_wakes' },
        { column: 'temp', item: 'night_temp' },
      ],
    },
  ],
};

async function openDesk(content: string): Promise<{ bench: Bench; file: string }> {
  const bench = await openBench();
  const file = path.join(temporaryFolder(), 'nights.csv');
  writeFileSync(file, content);
  bench.dialog.file = file;
  return { bench, file };
}
async function ended(bench: Bench, job: string): Promise<ImportStatus> {
  for (;;) {
    const status = await bench.call('imports.status', { job });
    if (status.state !== 'running') return status;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('takes a file from the dialog to the record: looked at, tried, imported, and its mapping kept', async () => {
  const { bench, file } = await openDesk('id;wakes;temp\n1;3;18,5\n2;x;35\n');
  expect(await bench.call('imports.chooseFile', {})).toEqual({ file });
  const look = await bench.call('imports.read', { file });
  expect(look).toMatchObject({ file: 'nights.csv', kind: 'table', mappings: [] });
  expect(look.table?.fields.map(({ column, samples }) => [column, samples])).toEqual([
    ['id', ['1', '2']],
    ['wakes', ['3', 'x']],
    ['temp', ['18,5', '35']],
  ]);
  const tried = await ended(
    bench,
    (await bench.call('imports.dryRun', { file, mapping, differing: 'leave' })).job,
  );
  expect(tried).toMatchObject({
    state: 'done',
    report: { dryRun: true, counts: { read: 4, accepted: 3, refused: 1 } },
  });
  expect(await bench.rows('SELECT * FROM subject')).toEqual([]);
  const { job } = await bench.call('imports.run', { file, mapping, sha256: look.sha256, differing: 'leave' });
  expect(await ended(bench, job)).toMatchObject({
    report: {
      counts: { accepted: 3, newSubjects: 2 },
      refused: [{ subject: '01-S02', place: { item: 'night_wakes' }, from: { row: 3, column: 'B' } }],
      findings: [{ subject: '01-S02', check: 'night_temp.soft' }],
    },
  });
  const { mappings } = await bench.call('imports.read', { file });
  expect(mappings.map(({ mapping: { name } }) => name)).toEqual(['Nights']);
  expect(
    await bench.rows(
      "SELECT action FROM audit WHERE action LIKE 'import.%' OR action LIKE 'mapping.%' ORDER BY seq",
    ),
  ).toEqual(['mapping.saved', 'import.started', 'import.done'].map((action) => ({ action })));
});

it('reads no file that was not chosen in the dialog, however it is named', async () => {
  const { bench, file } = await openDesk('id;wakes;temp\n1;3;18\n');
  const names = [
    file,
    path.join(bench.folder, 'keys.json'),
    path.join(bench.folder, 'site.cahier'),
    '/etc/passwd',
    '\\\\server\\share\\x.xlsx',
  ];
  for (const name of names) {
    expect(await bench.refusal('imports.read', { file: name })).toMatchObject({
      key: 'import-file-not-chosen',
    });
    expect(await bench.refusal('imports.dryRun', { file: name, differing: 'leave' })).toMatchObject({
      code: 'forbidden',
    });
  }
  await bench.call('imports.chooseFile', {});
  expect(
    await bench.refusal('imports.read', { file: path.join(path.dirname(file), 'other.csv') }),
  ).toMatchObject({ code: 'forbidden' });
});

it('forgets what one person chose before the next one signs in', async () => {
  const { bench, file } = await openDesk('id;wakes;temp\n1;3;18\n');
  await bench.call('imports.chooseFile', {});
  await bench.call('session.signOut', {});
  await bench.call('session.signIn', { user, password });
  expect(await bench.refusal('imports.read', { file })).toMatchObject({ key: 'import-file-not-chosen' });
});

it('writes nothing of a file that changed since it was tried', async () => {
  const { bench, file } = await openDesk('id;wakes;temp\n1;3;18\n');
  await bench.call('imports.chooseFile', {});
  const { sha256 } = await bench.call('imports.read', { file });
  appendFileSync(file, '2;4;19\n');
  const { job } = await bench.call('imports.run', { file, mapping, sha256, differing: 'leave' });
  expect(await ended(bench, job)).toMatchObject({ state: 'failed', error: { key: 'import-file-changed' } });
  expect(await bench.rows("SELECT * FROM audit WHERE action LIKE 'import.%'")).toEqual([]);
});

it('runs one import at a time, and a cancelled one writes nothing', async () => {
  const { bench, file } = await openDesk('id;wakes;temp\n1;3;18\n');
  await bench.call('imports.chooseFile', {});
  const { job } = await bench.call('imports.dryRun', { file, mapping, differing: 'leave' });
  expect(await bench.refusal('imports.dryRun', { file, mapping, differing: 'leave' })).toMatchObject({
    key: 'import-running',
  });
  await bench.call('imports.cancel', { job });
  expect(await ended(bench, job)).toEqual({ state: 'cancelled', job });
  expect(await bench.refusal('imports.status', { job: 'other' })).toMatchObject({ key: 'import-unknown' });
});

it('is for those who enter and answer for the data: no monitor, no data manager, no delegate for entry alone', async () => {
  const { bench } = await openDesk('');
  for (const role of ['monitor', 'data-manager', 'data-entry', 'administrator']) {
    setRoles(bench, user, [role]);
    expect(await bench.refusal('imports.chooseFile', {})).toMatchObject({ code: 'forbidden' });
  }
  setRoles(bench, user, ['investigator']);
  expect(await bench.call('imports.chooseFile', {})).not.toBeNull();
});
