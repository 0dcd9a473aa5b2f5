import { describe, expect, it } from 'vitest';
import { planCrf, type CrfItem, type CrfPlan } from '#shared/crf-plan.ts';
import { createStudyModel } from '#shared/study-model.ts';
import { readStudyFolder } from '../../../electron/services/studies.ts';
import { anakinra, sleepDiary } from '../studies/folders.ts';
import { openDiary, printed, readText } from './printing.ts';

const { model } = createStudyModel(readStudyFolder(anakinra));
const diary = createStudyModel(readStudyFolder(sleepDiary)).model;

function itemsOf({ forms }: CrfPlan): readonly CrfItem[] {
  return forms.flatMap(({ groups }) => groups.flatMap(({ items }) => items));
}
function field(plan: CrfPlan, item: string): CrfItem['field'] | undefined {
  return itemsOf(plan).find((known) => known.item === item)?.field;
}

describe('a case report form', () => {
  it.each(['blank', 'annotated'] as const)('%s holds every item of the study once, in its order', (kind) => {
    const plan = planCrf(model, 'en', kind);
    expect(itemsOf(plan).map(({ item }) => item)).toEqual(model.items.map(({ item }) => item.id));
  });

  it('has as many boxes as the limits of a number have digits', () => {
    const plan = planCrf(model, 'en', 'blank');
    expect(field(plan, 'vs_wt')).toEqual({ kind: 'digits', whole: 3, decimals: 2, relation: false });
    expect(field(plan, 'vs_hr')).toEqual({ kind: 'digits', whole: 3, decimals: 0, relation: false });
    expect(itemsOf(plan).find(({ item }) => item === 'vs_wt')?.unit).toBe('kg');
  });

  it('has a box for each code, and sends to the end for long lists', () => {
    const plan = planCrf(model, 'fr', 'blank');
    expect(field(plan, 'vs_wtsrc')).toMatchObject({ kind: 'choices', several: false });
    expect(field(plan, 'dm_country')).toEqual({ kind: 'list', list: 'CL_COUNTRY', length: 2 });
    const printedLists = plan.lists.map(({ list }) => list);
    for (const { field: one } of itemsOf(plan))
      if (one.kind === 'list') expect(printedLists).toContain(one.list);
    expect(plan.missing.map(({ code }) => code)).toContain('ND');
  });

  it('asks nobody to fill in what the application works out', () => {
    const plan = planCrf(diary, 'en', 'blank');
    expect(field(plan, 'night_hours')).toEqual({ kind: 'none', why: 'calculated' });
    expect(field(plan, 'intake_site')).toEqual({ kind: 'none', why: 'system' });
  });

  it('marks what has to be answered, always or where it applies', () => {
    const required = Object.fromEntries(
      itemsOf(planCrf(diary, 'en', 'blank')).map(({ item, required: mark }) => [item, mark]),
    );
    expect(required).toMatchObject({
      ...{ intake_start: 'always', intake_since: 'conditional', night_wakes: 'no' },
    });
  });

  it('annotated, names the code lists that it refers to at the end', () => {
    const plan = planCrf(model, 'en', 'annotated');
    const lists = plan.lists.map(({ list }) => list);
    const referred = itemsOf(plan).flatMap(({ annotation }) => annotation.codeList ?? []);
    expect([...new Set(referred)].filter((list) => !lists.includes(list))).toEqual([]);
  });
});

describe('on paper', () => {
  it('the blank one has room for subject, visit and signature', async () => {
    const text = readText(await printed(await openDiary(), { kind: 'blank-crf' }));
    expect(text).toContain('Case report form, blank');
    expect(text).toContain('Subject number: ____');
    expect(text).toContain('Filled in by (name, date, signature)');
    expect(text).toContain('One sheet for each row.');
    expect(text).not.toContain('night_wakes');
  });

  it('the annotated one has the name, type, limits and conditions of each variable', async () => {
    const html = await printed(await openDiary(), { kind: 'annotated-crf' });
    const text = readText(html);
    expect(text).toMatch(/Wakes.*night_wakes integer/u);
    expect(text).toContain('asked if (intake_shift = "1")');
    expect(html).not.toMatch(/<script/u);
  });
});
