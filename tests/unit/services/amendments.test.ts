/** A site of the sleep diary, and later versions of that study made by editing its files. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { compareStudies } from '#shared/amendment.ts';
import { readStudyFolder } from '../../../electron/services/studies.ts';
import { sleepDiary } from '../studies/folders.ts';
import {
  createSite,
  createTestClock,
  password,
  setRoles,
  startProcess,
  temporaryFolder,
  user,
  type Bench,
} from './workbench.ts';

type Edit = readonly [file: string, from: string, to: string];

const newer: Edit = ['study.yaml', 'version: 0.1.0', 'version: 0.2.0'];
const warmer: Edit = ['forms/NIGHT.yaml', 'soft: { min: 12, max: 30 }', 'soft: { min: 12, max: 20 }'];
const inMinutes: Edit = [
  'derivations.yaml',
  "expression: 'hours between(night_bed, night_up)'",
  "expression: '60 * hours between(night_bed, night_up)'",
];
const withoutFirst: Edit = [
  'forms/NIGHT.yaml',
  /.*night_first.*\n/.exec(readFileSync(path.join(sleepDiary, 'forms/NIGHT.yaml'), 'utf8'))?.[0] ?? '',
  '',
];
const withoutTea: Edit = ['code-lists.yaml', '      - { code: TEA, label: { en: Tea, fr: Thé } }\n', ''];

function amended(...edits: readonly Edit[]): string {
  const folder = path.join(temporaryFolder(), 'study');
  cpSync(sleepDiary, folder, { recursive: true });
  for (const [file, from, to] of edits) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(path.join(folder, file), text.replace(from, to));
  }
  return folder;
}

const night = { subject: '01-S01', event: 'N1', form: 'NIGHT' };

/** A site made by version 0.1.0 with one night, opened by an application that brings the amended study. */
async function siteMeeting(...edits: readonly Edit[]): Promise<Bench> {
  const folder = temporaryFolder();
  const clock = createTestClock();
  const before = startProcess(folder, clock);
  await createSite(before);
  await before.call('session.signIn', { user, password });
  await before.call('subjects.enrol', { subject: night.subject });
  const typed = {
    night_bed: '2024-03-01 22:00',
    night_up: '2024-03-02 06:00',
    night_temp: '25',
    night_first: 'COFFEE',
    night_drinks: '["TEA"]',
  };
  await before.call('forms.save', {
    ...night,
    changes: Object.entries(typed).map(([item, value]) => ({ row: 1, item, value })),
  });
  await before.call('session.signOut', {});
  const after = startProcess(folder, clock, amended(...edits));
  await after.call('site.use', { folder });
  await after.call('session.signIn', { user, password });
  setRoles(after, user, ['coordinator', 'data-manager', 'administrator']);
  return after;
}

async function installOffered(bench: Bench): Promise<void> {
  const { offered } = await bench.call('amendments.preview', {});
  await bench.call('amendments.install', { fingerprint: offered?.fingerprint ?? '', reason: 'Amendment 1' });
}

it('is installed only after a verified backup of the site as it was', async () => {
  const bench = await siteMeeting(newer, warmer);
  await installOffered(bench);
  await bench.call('session.signIn', { user, password });
  const made = await bench.rows(
    `SELECT detail ->> 'why' AS why FROM audit WHERE action = 'backup.made' ORDER BY seq`,
  );
  expect(made).toContainEqual({ why: 'migration' });
});

it('offers nothing while the application brings the definition that is in force', async () => {
  const bench = await siteMeeting();
  expect(await bench.call('amendments.preview', {})).toMatchObject({
    installed: [{ version: '0.1.0', reason: null, user }],
    subjects: 1,
    offered: null,
  });
});

it('shows what differs and what it does to each subject, and writes nothing by showing it', async () => {
  const bench = await siteMeeting(newer, warmer, inMinutes);
  const before = await bench.rows('SELECT * FROM value');
  const { offered } = await bench.call('amendments.preview', {});
  expect(offered).toMatchObject({
    version: '0.2.0',
    obstacle: null,
    changes: [
      {
        kind: 'changed',
        part: 'item',
        id: 'night_temp',
        name: { en: 'Room temperature' },
        aspects: ['soft'],
      },
      {
        kind: 'changed',
        part: 'item',
        id: 'night_hours',
        name: { en: 'Time in bed' },
        aspects: ['expression'],
      },
    ],
    impacts: [
      {
        subject: '01-S01',
        losses: [],
        calculated: [{ event: 'N1', form: 'NIGHT', row: 1, item: 'night_hours' }],
        newFindings: [{ check: 'night_temp.soft' }],
        goneFindings: [],
      },
    ],
  });
  expect(await bench.rows('SELECT * FROM value')).toEqual(before);
  expect(await bench.rows('SELECT version FROM study_version')).toEqual([{ version: '0.1.0' }]);
});

it('installs it with a reason in one go, calculates and checks anew, and the trail follows', async () => {
  const bench = await siteMeeting(newer, warmer, inMinutes);
  await installOffered(bench);
  expect((await bench.call('site.status', {})).state).toBe('closed');
  await bench.call('session.signIn', { user, password });
  const { record, findings } = await bench.call('subjects.open', { subject: night.subject });
  expect(record.values.find(({ item }) => item === 'night_hours')?.text).toBe('480.00');
  expect(findings.map(({ check }) => check)).toContain('night_temp.soft');
  expect(await bench.call('amendments.preview', {})).toMatchObject({
    installed: [{ version: '0.1.0' }, { version: '0.2.0', reason: 'Amendment 1', user }],
    offered: null,
  });
  const history = await bench.call('audit.history', { ...night, row: 1, item: 'night_hours' });
  expect(history.at(-1)).toMatchObject({
    old: { text: '8.00' },
    new: { text: '480.00' },
    origin: 'derivation',
  });
});

it.each([
  ['noItem', withoutFirst],
  ['noCode', withoutTea],
] as const)(
  'is refused where an answer would lose its place (%s): nothing is written',
  async (cause, edit) => {
    const bench = await siteMeeting(newer, edit);
    const { offered } = await bench.call('amendments.preview', {});
    expect(offered).toMatchObject({ obstacle: 'losesAnswers', impacts: [{ losses: [{ cause }] }] });
    const refusal = await bench.refusal('amendments.install', {
      fingerprint: offered?.fingerprint,
      reason: 'Amendment 1',
    });
    expect(refusal.key).toBe('amendment-loses-answers');
    expect(await bench.rows('SELECT version FROM study_version')).toEqual([{ version: '0.1.0' }]);
  },
);

it('is refused when its number was not raised', async () => {
  const bench = await siteMeeting(warmer);
  const { offered } = await bench.call('amendments.preview', {});
  expect(offered?.obstacle).toBe('notNewer');
  expect(
    (await bench.refusal('amendments.install', { fingerprint: offered?.fingerprint, reason: 'x' })).key,
  ).toBe('amendment-not-newer');
});

it('is refused to whoever looked at another definition than the one that would be installed', async () => {
  const bench = await siteMeeting(newer, warmer);
  const { key } = await bench.refusal('amendments.install', { fingerprint: 'f'.repeat(64), reason: 'x' });
  expect(key).toBe('amendment-unknown');
});

it('tells added, removed and changed parts of two definitions apart, and nothing between equal ones', () => {
  const before = readStudyFolder(sleepDiary);
  expect(compareStudies(before, structuredClone(before))).toEqual([]);
  const after = readStudyFolder(amended(newer, withoutTea, withoutFirst));
  const told = compareStudies(before, after).map(({ kind, part, id }) => `${kind} ${part} ${id}`);
  expect(told).toEqual([
    'changed codeList CL_DRINK',
    'removed item night_first',
    'removed code CL_DRINK.TEA',
  ]);
  expect(compareStudies(after, before).map(({ kind, part, id }) => `${kind} ${part} ${id}`)).toEqual([
    'added item night_first',
    'changed codeList CL_DRINK',
    'added code CL_DRINK.TEA',
  ]);
});
