import { describe, expect, it } from 'vitest';
import { cellsOf, dayCell } from '#shared/export-plan/cells.ts';
import type { Cell } from '#shared/export-plan/sheet.ts';
import { planFormSheets } from '#shared/export-plan.ts';
import { readItem } from '#shared/item-value.ts';
import { nothing } from '#shared/item-value/reading.ts';
import type { ItemValue } from '#shared/record.ts';
import { reportedNumber } from '#shared/standard-number.ts';
import { createStudyModel } from '#shared/study-model.ts';
import { readStudyFolder } from '../../../electron/services/studies.ts';
import { sleepDiary } from '../studies/folders.ts';

const study = readStudyFolder(sleepDiary);
const { model } = createStudyModel(study);
const fields = new Map(
  planFormSheets(study).flatMap((sheet) => sheet.fields.map((field) => [field.item.id, field] as const)),
);

/** The cells of an item for what is typed into it, by the end of each column's name; blank ones are left out. */
function cells(
  id: string,
  typed: string | ItemValue | null,
  row: Readonly<Record<string, string>> = {},
): Readonly<Record<string, Cell>> {
  const field = fields.get(id);
  const placed = model.item(id);
  if (field === undefined || placed === undefined) throw new Error(`the diary has no item ${id}`);
  const read = typeof typed === 'string' ? readItem(model, placed, typed, 'en') : null;
  const value = read?.ok === true ? read.value : typed;
  if (typeof value === 'string') throw new Error(`${value} is not readable`);
  const reported = (number: ItemValue) =>
    reportedNumber(field.item, number, (other) => row[other] ?? null, model.analyte);
  const all = cellsOf(field, value ?? undefined, reported);
  return Object.fromEntries(
    field.columns.flatMap(({ name }, index) => {
      const cell = all[index] ?? null;
      return cell === null ? [] : [[name.slice(id.length), cell]];
    }),
  );
}

describe('a number', () => {
  it('is a number, typed with a comma', () => expect(cells('night_temp', '18,5')).toEqual({ '': 18.5 }));
  it('has its missing reason beside it, never in it', () =>
    expect(cells('night_temp', 'ND')).toEqual({ _ND: 'ND' }));
  it('that was not asked is blank', () => expect(cells('night_temp', null)).toEqual({}));
  it('that was emptied is blank', () => expect(cells('night_temp', nothing)).toEqual({}));
});

describe('a number with a relation', () => {
  it('has relation and unit apart', () =>
    expect(cells('night_latency', '>55')).toEqual({ _REL: '>', '': 55, _U: 'min', _STD: 55, _STDU: 'min' }));
  it('is equal when no relation was typed', () =>
    expect(cells('night_latency', '20')).toMatchObject({ _REL: '=' }));
  it('has no relation when it is missing', () => expect(cells('night_latency', 'NK')).toEqual({ _ND: 'NK' }));
});

describe('a measurement', () => {
  it('has the unit of its own row and its standard value', () =>
    expect(
      cells('sample_value', '0.25', { sample_assay: 'mel', sample_rel: '<', sample_unit: 'ng/mL' }),
    ).toEqual({ _REL: '<', '': 0.25, _U: 'ng/mL', _STD: 250, _STDU: 'ng/L' }));
  it('has no standard value when its unit can not be converted', () =>
    expect(cells('sample_value', '3', { sample_assay: 'mel', sample_unit: 'mg/L' })).toEqual({
      _REL: '=',
      '': 3,
      _U: 'mg/L',
    }));
  it('has no standard value when its test is not known', () =>
    expect(cells('sample_value', '3', { sample_unit: 'mg/L' })).toEqual({ _REL: '=', '': 3, _U: 'mg/L' }));
});

describe('a date', () => {
  it('is a date with its text and precision', () =>
    expect(cells('intake_start', '3/11/2021')).toEqual({
      '': { day: 18_934 },
      _DTC: '2021-11-03',
      _PREC: 'day',
    }));
  it('with an unknown day is text alone', () =>
    expect(cells('intake_since', '11/2021')).toEqual({ _DTC: '2021-11', _PREC: 'month' }));
  it('with an unknown month is text alone', () =>
    expect(cells('intake_since', '2021')).toEqual({ _DTC: '2021', _PREC: 'year' }));
  it('with a time keeps the minute', () =>
    expect(cells('night_bed', '3/11/2021 22:45')).toEqual({
      '': { minute: 18_934 * 1440 + 1365 },
      _DTC: '2021-11-03T22:45',
      _PREC: 'minute',
    }));
  it('whose time is not known is no midnight', () =>
    expect(cells('night_bed', { ...nothing, text: '2021-11-03', precision: 'day' })).toEqual({
      _DTC: '2021-11-03',
      _PREC: 'day',
    }));
  it('of the days that Excel counts wrongly is text alone', () =>
    expect(cells('intake_start', '28/2/1900')).toEqual({ _DTC: '1900-02-28', _PREC: 'day' }));
  it('of the first day that Excel counts rightly is a date', () =>
    expect(cells('intake_start', '1/3/1900')).toMatchObject({ '': { day: -25_508 } }));
});

describe('an answer from a list', () => {
  it('is its code as text', () => expect(cells('intake_shift', 'Unknown')).toEqual({ '': '99' }));
  it('with several choices is 1 or 0 in every column', () =>
    expect(cells('night_drinks', 'TEA, COFFEE')).toEqual({ _NONE: 0, _TEA: 1, _COFFEE: 1 }));
  it('with several choices is blank before it is answered', () =>
    expect(cells('night_drinks', null)).toEqual({}));
  it('with several choices that is missing has its reason alone', () =>
    expect(cells('night_drinks', 'ND')).toEqual({ _ND: 'ND' }));
});

describe('the day of a row', () => {
  it('is that of its date', () => expect(dayCell('2021-11-03')).toEqual({ day: 18_934 }));
  it('is blank where the day is not known', () => expect(dayCell('2021-11')).toBeNull());
});
