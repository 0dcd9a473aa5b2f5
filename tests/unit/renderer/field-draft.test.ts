import { describe, expect, it } from 'vitest';
import type { Query, QueryState } from '#shared/query.ts';
import { readItem, type RowContext } from '#shared/item-value.ts';
import type { Language } from '#shared/study.ts';
import type { PlacedItem } from '#shared/study-model.ts';
import {
  changesNothing,
  toChange,
  toEngineDrafts,
  type FieldDraft,
} from '../../../renderer/stores/field-draft.ts';
import { mergeQueries, mergeSave, withoutRow } from '../../../renderer/stores/merge-save.ts';
import { placeOf, plainModel as model, recordOf } from '../engine/run.ts';

const noRow: RowContext = { valueOf: () => null };

function placed(item: string): PlacedItem {
  const found = model.item(item);
  if (found === undefined) throw new Error(`no item ${item}`);
  return found;
}
function draftOf(
  path: string,
  typed: string,
  language: Language = 'en',
  row: RowContext = noRow,
): FieldDraft {
  const place = placeOf(path);
  const reading = readItem(model, placed(place.item), typed, language, row);
  return {
    subject: '01-001',
    isSecond: false,
    place,
    typed,
    reading,
    stage: 'typing',
    baseVersion: 2,
    reason: null,
    refusal: null,
  };
}
function asked(path: string, typed: string, language: Language = 'en'): unknown {
  const { value, missing } = toChange(placed(placeOf(path).item), draftOf(path, typed, language));
  return missing === undefined ? value : { missing };
}

describe('a change is asked for', () => {
  it.each([
    ['SCR/ENR/s_weight', '32,0', 'fr', '32.0'],
    ['SCR/ENR/s_weight', '32.0', 'en', '32.0'],
    ['SCR/ENR/s_weight', '', 'en', null],
    ['SCR/ENR/s_weight', 'nd', 'en', { missing: 'ND' }],
    ['SCR/ENR/s_sex', 'F fr', 'fr', 'F'],
    ['SCR/ENR/s_consent', 'Oui', 'fr', '1'],
    ['N1/NIGHT/n_hours', '> 8,5', 'fr', '>8.5'],
    ['SCR/LAB/1/l_value', '>35 mg/L', 'en', '>35 mg/L'],
  ] as const)('%s typed as "%s" in %s goes as %j', (path, typed, language, expected) => {
    expect(asked(path, typed, language)).toEqual(expected);
  });

  it('over the version that was seen, and with its reason', () => {
    const draft = { ...draftOf('SCR/ENR/s_weight', '33'), reason: 'slip' };
    expect(toChange(placed('s_weight'), draft)).toEqual({
      row: 1,
      item: 's_weight',
      baseVersion: 2,
      reason: 'slip',
      value: '33',
    });
  });
});

describe('typing', () => {
  it('the same again changes nothing', () => {
    const { reading } = draftOf('SCR/ENR/s_weight', '32');
    const saved = reading.ok ? reading.value : null;
    expect(changesNothing(reading, saved)).toBe(true);
    expect(changesNothing(draftOf('SCR/ENR/s_weight', '').reading, null)).toBe(true);
    expect(changesNothing(draftOf('SCR/ENR/s_weight', '33').reading, saved)).toBe(false);
    expect(changesNothing(draftOf('SCR/ENR/s_weight', 'x').reading, null)).toBe(false);
  });

  it('a measurement fills the items of its parts', () => {
    const drafts = toEngineDrafts(model, draftOf('SCR/LAB/1/l_value', '>35'), noRow, 'en');
    expect(drafts.map(({ place, value }) => `${place.item} ${value?.text ?? ''}`)).toEqual([
      'l_value 35',
      'l_rel >',
    ]);
  });

  it('what can’t be read reaches no check', () => {
    expect(toEngineDrafts(model, draftOf('SCR/ENR/s_weight', 'heavy'), noRow, 'en')).toEqual([]);
  });
});

describe('the record after a save', () => {
  const record = recordOf(
    { 'LOG/DOSE/1/d_mg': '5', 'LOG/DOSE/2/d_mg': '6', 'SCR/ENR/s_weight': '70' },
    model,
  );
  const at = { event: 'LOG', form: 'DOSE' };

  it('has the written values in place of the old ones, and the state of the form', () => {
    const [first] = record.values;
    if (first === undefined) throw new Error('no value');
    const result = {
      values: [{ ...first, text: '7', number: 7, version: 2 }],
      formState: 'in-progress',
      states: [{ event: 'SCR', form: 'ENR', state: 'complete' }],
      findings: [],
      queries: [],
      savedAt: '',
    } as const;
    const merged = mergeSave(record, at, result);
    expect(merged.values.map(({ item, row, text }) => `${item} ${String(row)} ${text ?? ''}`).sort()).toEqual(
      ['d_mg 1 7', 'd_mg 2 6', 's_weight 1 70'],
    );
    expect(merged.forms).toContainEqual({ ...at, state: 'in-progress' });
    expect(merged.forms).toContainEqual({ event: 'SCR', form: 'ENR', state: 'complete' });
  });

  it('has the queries that moved as they are now, without those that closed', () => {
    const asked = (id: number, state: QueryState): Query => ({
      ...{ id, state, subject: '01-001', ...at, row: 1, item: 'd_mg', check: null, checkVersion: null },
      ...{ severity: null, message: null, closedBy: null, openedAt: '', changedAt: '', messages: [] },
    });
    const before = [asked(1, 'open'), asked(2, 'open'), asked(4, 'open')];
    const moved = [asked(5, 'open'), asked(2, 'answered'), asked(1, 'closed')];
    expect(mergeQueries(before, moved).map(({ id, state }) => `${String(id)} ${state}`)).toEqual([
      '2 answered',
      '4 open',
      '5 open',
    ]);
    expect(mergeQueries(before, [])).toBe(before);
  });

  it('has nothing of a removed row', () => {
    const left = withoutRow(record, at, new Set(['d_mg']), 1);
    expect(left.values.map(({ item, row }) => `${item} ${String(row)}`)).toEqual(['d_mg 2', 's_weight 1']);
  });
});
