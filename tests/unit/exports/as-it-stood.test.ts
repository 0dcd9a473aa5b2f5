import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createStudyModel } from '#shared/study-model.ts';
import type { Change } from '#shared/record.ts';
import { sleepDiary } from '../studies/folders.ts';
import { readByOpenpyxl, sheetNamed } from './read-workbook.ts';
import { contentOf, withSource } from './read-source.ts';
import { openExportSite, type ExportSite } from './site.ts';
import { typedRow } from './typed-answers.ts';

// Each writes whole workbooks, one after the other.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let site: ExportSite;
beforeAll(async () => {
  site = await openExportSite(sleepDiary);
});
afterAll(() => {
  site.close();
});

const subjects = ['01-S01', '01-S02', '01-S03'];
const intake = (item: string, value: string | null): Change => ({
  ...{ event: 'BASE', form: 'INTAKE', row: 1 },
  ...{ item, value, reason: 'again' },
});

type Step = 'rows' | 'empty' | 'park' | 'remove' | 'complete' | 'ask';
const steps: readonly Step[] = ['rows', 'rows', 'rows', 'empty', 'park', 'remove', 'complete', 'ask'];

/** One thing that people do; what is refused at this point changes nothing. */
async function act(step: Step, subject: string, seed: number): Promise<void> {
  const { model } = createStudyModel((await site.call('studies.current', {})).study);
  const sampled = <T>(arbitrary: fc.Arbitrary<T>): T | undefined =>
    fc.sample(arbitrary, { numRuns: 1, seed })[0];
  const form = model.forms[seed % model.forms.length];
  const [event] = form?.events ?? [];
  const instance = event === undefined ? undefined : model.instancesOf(event)[0];
  if (form === undefined || instance === undefined) return;
  const place = { event: instance.id, form: form.form.id };
  switch (step) {
    case 'rows': {
      const repeats = form.form.groups.some(({ repeating }) => repeating);
      const changes = sampled(typedRow(model, { ...place, row: repeats ? (seed % 3) + 1 : 1 })) ?? [];
      site.enter(
        subject,
        changes.map((change) => ({ ...change, reason: 'seen again' })),
      );
      return;
    }
    case 'empty':
      site.enter(subject, [intake('intake_start', seed % 2 === 0 ? null : '3/2/2024')]);
      return;
    case 'park':
      site.enter(subject, [intake('intake_shift', seed % 2 === 0 ? '0' : '1')]);
      return;
    case 'remove': {
      const { record } = await site.call('subjects.open', { subject });
      const row = record.values.find((value) => value.row > 1);
      if (row === undefined) return;
      const group = model.form(row.form)?.form.groups.find(({ repeating }) => repeating);
      await site.call('forms.removeRow', {
        ...{ subject, event: row.event, form: row.form, row: row.row, reason: 'typed twice' },
        group: group?.id ?? '',
      });
      return;
    }
    case 'complete':
      await site.call('forms.complete', { subject, ...place });
      return;
    case 'ask':
      site.enter(subject, [
        {
          event: 'N1',
          form: 'NIGHT',
          row: 1,
          item: 'night_temp',
          value: String(20 + (seed % 20)),
          reason: 'x',
        },
      ]);
  }
}

describe('the record as it stood', () => {
  const then: { readonly at: string; readonly content: Readonly<Record<string, unknown>> }[] = [];
  const done = new Set<string>();
  beforeAll(async () => {
    const plan = fc.sample(fc.tuple(fc.constantFrom(...steps), fc.constantFrom(...subjects), fc.nat(1000)), {
      ...{ numRuns: 120, seed: 5 },
    });
    for (const [position, [step, subject, seed]] of plan.entries()) {
      try {
        await act(step, subject, seed);
        done.add(step);
      } catch {
        // Refused: nothing was changed.
      }
      if (position % 8 === 0)
        then.push({
          at: new Date(site.clock.now()).toISOString(),
          content: withSource(site, {}, contentOf),
        });
      site.clock.pass(1000);
    }
  }, 60_000);

  it('comes from a history with everything in it', () => {
    expect([...done].sort()).toEqual([...new Set(steps)].sort());
    const actions = site
      .rows<{ action: string }>('SELECT DISTINCT action FROM audit')
      .map(({ action }) => action);
    for (const action of [
      'value.set',
      'value.parked',
      'value.unparked',
      'row.removed',
      'form.completed',
      'query.closed',
    ])
      expect(actions).toContain(action);
  });
  it('is what the same export read at that moment, but for the findings', () => {
    for (const { at, content } of then) {
      const again = withSource(site, { cutAt: at }, contentOf);
      const known = (rows: unknown): unknown =>
        (rows as readonly object[]).map((row) => ({ ...row, openHard: null, openSoft: null }));
      expect({ ...again, subjects: known(again['subjects']) }, at).toEqual({
        ...content,
        subjects: known(content['subjects']),
      });
    }
  });
  it('does not touch what stands now', () => {
    withSource(site, { cutAt: then[0]?.at ?? '' }, contentOf);
    expect(site.rows(`SELECT name FROM sqlite_temp_schema`)).toEqual([]);
  });
});

describe('a workbook as of an earlier one', () => {
  it('has its form sheets, queries and trail cell for cell', async () => {
    await site.exportDone('earlier.xlsx');
    const at = new Date(site.clock.now()).toISOString();
    site.clock.pass(1000);
    site.enter('01-S01', [intake('intake_start', '4/2/2024')]);
    site.enter('01-S09', [intake('intake_start', '5/2/2024')]);
    await site.exportDone('again.xlsx', { cutAt: at });
    const [earlier, again] = ['earlier.xlsx', 'again.xlsx'].map((name) => readByOpenpyxl(site.file(name)));
    const { study } = await site.call('studies.current', {});
    for (const name of [...study.forms.map(({ id }) => id), 'QUERIES', 'SIGNATURES', 'AUDIT', 'DICTIONARY'])
      expect(sheetNamed(again ?? fail(), name).rows, name).toEqual(sheetNamed(earlier ?? fail(), name).rows);
  });
  it('is refused for a moment before the first entry, and for one that has not come', async () => {
    const refused = async (cutAt: string): Promise<string> => {
      try {
        await site.exportDone('none.xlsx', { cutAt });
      } catch (error) {
        return String(error);
      }
      return '';
    };
    expect(await refused('2001-01-01T00:00:00Z')).toContain('export-cut-early');
    expect(await refused('2101-01-01T00:00:00Z')).toContain('has not come yet');
  });
});

function fail(): never {
  throw new Error('no workbook');
}
