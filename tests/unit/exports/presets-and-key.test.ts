import { describe, expect, it, vi } from 'vitest';
import { wholeWorkbook, type ExportWish } from '#shared/export-choices.ts';
import { openBench, setRoles, user, type Bench } from '../services/workbench.ts';
import path from 'node:path';

// Each writes whole workbooks, one after the other.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const wish: ExportWish = {
  formats: ['xlsx', 'csv'],
  choices: {
    ...wholeWorkbook.choices,
    scope: 'signed',
    deidentification: { dates: 'shifted', freeText: 'removed', subjects: 'replaced', oldestAge: 89 },
  },
};

async function withSubject(): Promise<Bench> {
  const bench = await openBench();
  await bench.call('subjects.enrol', { subject: '01-S01' });
  await bench.call('forms.save', {
    ...{ subject: '01-S01', event: 'N1', form: 'NIGHT' },
    changes: [{ row: 1, item: 'night_temp', value: '21,5' }],
  });
  return bench;
}
async function writeClosed(bench: Bench, name: string): Promise<void> {
  const actor = bench.services.session.authorise('exports.run');
  const file = path.join(bench.folder, name);
  const choices = { ...wish.choices, scope: 'all' as const };
  const status = await bench.services.exports.of(actor.site).run({ formats: ['xlsx'], choices, file, actor });
  expect(status.state).toBe('done');
}

describe('a preset', () => {
  it('is kept under its name, with who saved it', async () => {
    const bench = await openBench();
    await bench.call('exports.savePreset', { name: 'For the centre', wish });
    expect((await bench.call('exports.presets', {})).presets).toMatchObject([
      { name: 'For the centre', wish, user },
    ]);
  });
  it('is replaced by one of its name, and removed', async () => {
    const bench = await openBench();
    await bench.call('exports.savePreset', { name: 'A', wish });
    await bench.call('exports.savePreset', { name: 'A', wish: wholeWorkbook });
    expect((await bench.call('exports.presets', {})).presets).toMatchObject([{ wish: wholeWorkbook }]);
    expect(await bench.call('exports.removePreset', { name: 'A' })).toEqual({ presets: [] });
    expect(await bench.rows(`SELECT action FROM audit WHERE action LIKE 'preset.%' ORDER BY seq`)).toEqual(
      ['preset.saved', 'preset.saved', 'preset.removed'].map((action) => ({ action })),
    );
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });
  it('that there is not can’t be removed', async () => {
    const bench = await openBench();
    expect((await bench.refusal('exports.removePreset', { name: 'B' })).key).toBe('export-preset-unknown');
  });
  it('holds nothing but choices', async () => {
    const bench = await openBench();
    const strange = { ...wish, choices: { ...wish.choices, file: '/etc/passwd' } };
    expect((await bench.refusal('exports.savePreset', { name: 'C', wish: strange })).code).toBe(
      'invalid-input',
    );
    expect((await bench.refusal('exports.savePreset', { name: ' ', wish })).code).toBe('invalid-input');
    expect(await bench.rows('SELECT * FROM export_preset')).toEqual([]);
  });
  it('is not for data entry', async () => {
    const bench = await openBench();
    setRoles(bench, user, ['data-entry']);
    expect((await bench.refusal('exports.savePreset', { name: 'D', wish })).code).toBe('forbidden');
  });
});

describe('a preview', () => {
  it('counts what would be written, and leaves no entry', async () => {
    const bench = await withSubject();
    const before = await bench.rows('SELECT COUNT(*) AS count FROM audit');
    expect(await bench.call('exports.preview', { choices: wholeWorkbook.choices })).toMatchObject({
      ...{ subjects: 1, forms: 1, values: 1, withheld: 0, queries: 0, k: null },
    });
    expect(await bench.call('exports.preview', { choices: wish.choices })).toMatchObject({
      subjects: 0,
      k: 0,
    });
    expect(await bench.rows('SELECT COUNT(*) AS count FROM audit')).toEqual(before);
  });
  it('names a subject or form that there is not', async () => {
    const bench = await withSubject();
    const preview = (choices: object): Promise<string> =>
      bench
        .refusal('exports.preview', { choices: { ...wholeWorkbook.choices, ...choices } })
        .then(({ key }) => key);
    expect(await preview({ subjects: ['01-S09'] })).toBe('export-subject-unknown');
    expect(await preview({ forms: ['NONE'] })).toBe('export-form-unknown');
    expect(await preview({ cutAt: '2001-01-01T00:00:00Z' })).toBe('export-cut-early');
    expect(await preview({ cutAt: '2101-01-01T00:00:00Z' })).toBe('export-cut-ahead');
  });
});

describe('the key of de-identified exports', () => {
  it('is read by an investigator alone, with a reason that the trail keeps', async () => {
    const bench = await withSubject();
    await writeClosed(bench, 'closed.xlsx');
    const reason = 'The centre asks about a value';
    expect((await bench.refusal('exports.key', { reason })).code).toBe('forbidden');
    setRoles(bench, user, ['investigator']);
    const { key } = await bench.call('exports.key', { reason });
    expect(key.map(({ subject }) => subject)).toEqual(['01-S01']);
    expect(key[0]?.replacement).toMatch(/^P[A-Z2-9]{8}$/u);
    expect(
      await bench.rows(
        `SELECT role, reason, detail ->> 'subjects' AS subjects FROM audit WHERE action = 'pseudonym.revealed'`,
      ),
    ).toEqual([{ role: 'investigator', reason, subjects: 1 }]);
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });
  it('needs a reason', async () => {
    const bench = await withSubject();
    setRoles(bench, user, ['investigator']);
    expect((await bench.refusal('exports.key', { reason: '' })).code).toBe('invalid-input');
  });
});
