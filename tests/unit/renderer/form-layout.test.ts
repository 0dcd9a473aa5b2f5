import { describe, expect, it } from 'vitest';
import { indexSubject } from '#shared/subject-index.ts';
import { layOutForm, isRequiredAt, type FormLayout } from '../../../renderer/stores/form-layout.ts';
import { previousAnswer } from '../../../renderer/stores/previous-answer.ts';
import { now, placeOf, plainModel as model, recordOf, type Answers } from '../engine/run.ts';

const noneAdded: ReadonlyMap<string, ReadonlySet<number>> = new Map();

function layOut(answers: Answers, event: string, form: string, added = noneAdded): FormLayout {
  const placed = model.form(form);
  if (placed === undefined) throw new Error(`no form ${form}`);
  return layOutForm(indexSubject(model, recordOf(answers, model)), placed, { event, form }, added);
}
function rowsOf(layout: FormLayout, group: string): readonly string[] {
  const shown = layout.groups.find((candidate) => candidate.group.group.id === group);
  return (shown?.rows ?? []).map((row) => `${String(row.row)}${row.isBlank ? ' blank' : ''}`);
}
function itemsOf(layout: FormLayout, group: string): readonly string[] {
  const shown = layout.groups.find((candidate) => candidate.group.group.id === group);
  return shown?.rows[0]?.items.map((placed) => placed.item.id) ?? [];
}

describe('a form page', () => {
  it('asks only for what its conditions ask for', () => {
    expect(itemsOf(layOut({}, 'N1', 'NIGHT'), 'BED')).not.toContain('n_cups');
    expect(itemsOf(layOut({ 'N1/NIGHT/n_coffee': '1' }, 'N1', 'NIGHT'), 'BED')).toContain('n_cups');
  });

  it('leaves a section out while nothing in it is asked', () => {
    expect(rowsOf(layOut({}, 'N1', 'NIGHT'), 'WAKE')).toEqual([]);
    expect(rowsOf(layOut({ 'N1/NIGHT/n_hours': '6' }, 'N1', 'NIGHT'), 'WAKE')).toEqual(['1 blank']);
  });

  it('lists an answer that is no longer asked for as parked', () => {
    const layout = layOut({ 'N1/NIGHT/n_coffee': '0', 'N1/NIGHT/n_cups': '3' }, 'N1', 'NIGHT');
    expect(layout.parked.map(({ placed, value }) => `${placed.item.id} ${value.text ?? ''}`)).toEqual([
      'n_cups 3',
    ]);
  });

  it('ends a table in one blank row', () => {
    expect(rowsOf(layOut({}, 'LOG', 'DOSE'), 'DOSES')).toEqual(['1 blank']);
    expect(
      rowsOf(layOut({ 'LOG/DOSE/1/d_mg': '5', 'LOG/DOSE/3/d_mg': '7' }, 'LOG', 'DOSE'), 'DOSES'),
    ).toEqual(['1', '3', '4 blank']);
  });

  it('keeps its signature as long as nothing but answers changes', () => {
    const before = layOut({ 'N1/NIGHT/n_hours': '6' }, 'N1', 'NIGHT');
    expect(layOut({ 'N1/NIGHT/n_hours': '7' }, 'N1', 'NIGHT').signature).toBe(before.signature);
    expect(layOut({ 'N1/NIGHT/n_hours': '12' }, 'N1', 'NIGHT').signature).not.toBe(before.signature);
  });

  it('marks what is required by other answers', () => {
    const reason = model.item('s_reason');
    if (reason === undefined) throw new Error('no such item');
    const isRequired = (consent: string): boolean =>
      isRequiredAt(
        indexSubject(model, recordOf({ 'SCR/ENR/s_consent': consent }, model)),
        { event: 'SCR', form: 'ENR' },
        1,
        reason,
        now,
      );
    expect(isRequired('0')).toBe(true);
    expect(isRequired('1')).toBe(false);
  });
});

describe('the answer of the time before', () => {
  const dose = (answers: Answers, path: string): string | null => {
    const placed = model.item('d_mg');
    if (placed === undefined) throw new Error('no such item');
    return (
      previousAnswer(indexSubject(model, recordOf(answers, model)), placeOf(path), placed)?.value.text ?? null
    );
  };
  const doses: Answers = {
    'LOG/DOSE/1/d_at': '2021-11-03T10:00',
    'LOG/DOSE/1/d_mg': '50',
    'LOG/DOSE/2/d_at': '2021-11-01T10:00',
    'LOG/DOSE/2/d_mg': '40',
    'LOG/DOSE/3/d_at': '2021-11-02T10:00',
    'LOG/DOSE/3/d_mg': 'ND',
  };

  it('is the nearest one back in time, whatever the order of rows', () => {
    expect(dose(doses, 'LOG/DOSE/1/d_mg')).toBe('40');
    expect(dose(doses, 'LOG/DOSE/2/d_mg')).toBeNull();
  });

  it('of a new row is the last of all', () => {
    expect(dose(doses, 'LOG/DOSE/4/d_mg')).toBe('50');
  });
});
