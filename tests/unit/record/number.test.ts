import { describe, expect, it, test } from 'vitest';
import { readItem } from '#shared/item-value.ts';
import type { ItemValue } from '#shared/record.ts';
import { placedIn } from './little-study.ts';
import { empty, faultOf, model, textOf, valueOf } from './reading.ts';

describe('a number as it is typed', () => {
  test.each([
    ['32', '32'],
    ['32.0', '32.0'],
    ['32,0', '32.0'],
    ['32,50', '32.50'],
    [' 32 ', '32'],
    ['\u00A032\u202F', '32'],
    ['+5', '5'],
    ['-5', '-5'],
    ['−5,5', '-5.5'],
    ['–5', '-5'],
    ['-0', '0'],
    ['-0,0', '0.0'],
    ['.5', '0.5'],
    [',5', '0.5'],
    ['007', '7'],
    ['00.5', '0.5'],
    ['1.2e3', '1200'],
    ['1,2E3', '1200'],
    ['1.20e1', '12.0'],
    ['5e-1', '0.5'],
    ['= 5', '5'],
    ['32 kg', '32'],
    ['32kg', '32'],
    ['32 KG', '32'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(textOf('q_dec', typed)).toBe(kept);
  });

  test.each([
    ['abc', '“abc” is not readable as a number: type digits with a comma or a point, such as 32.5.'],
    ['32.5.1', '“32.5.1” is not readable as a number: type digits with a comma or a point, such as 32.5.'],
    ['5.', '“5.” is not readable as a number: type digits with a comma or a point, such as 32.5.'],
    ['--5', '“--5” is not readable as a number: type digits with a comma or a point, such as 32.5.'],
    [
      '1 200',
      '“1 200” holds a thousands separator, which can be mistaken for a decimal sign: type the digits without it, such as 35000.',
    ],
    [
      '1,200.5',
      '“1,200.5” holds a thousands separator, which can be mistaken for a decimal sign: type the digits without it, such as 35000.',
    ],
    [
      '1.200,5',
      '“1.200,5” holds a thousands separator, which can be mistaken for a decimal sign: type the digits without it, such as 35000.',
    ],
    [
      "1'200",
      "“1'200” holds a thousands separator, which can be mistaken for a decimal sign: type the digits without it, such as 35000.",
    ],
    [
      '32.456',
      '“32.456” has 3 decimals and this item takes at most 2 decimals: type the number as it should be recorded.',
    ],
    [
      '32.450',
      '“32.450” has 3 decimals and this item takes at most 2 decimals: type the number as it should be recorded.',
    ],
    ['1e400', '“1e400” is a number out of range: type at most 15 digits.'],
    ['12345678901234567', '“12345678901234567” is a number out of range: type at most 15 digits.'],
    [
      '>5',
      '“>5” has a sign before the number and this item takes a number alone: type the number without <, >, ≤ or ≥.',
    ],
    ['32 g', '“32 g” is in another unit: this item takes kg, and nothing is converted here.'],
    ['∞', '“∞” is not readable as a number: type digits with a comma or a point, such as 32.5.'],
    ['NaN', '“NaN” is not readable as a number: type digits with a comma or a point, such as 32.5.'],
    ['٣٢', '“٣٢” is not readable as a number: type digits with a comma or a point, such as 32.5.'],
  ])('%j is refused: %s', (typed, fault) => {
    expect(faultOf('q_dec', typed)).toBe(fault);
  });

  it('says so in French too', () => {
    expect(faultOf('q_dec', 'abc', 'fr')).toBe(
      '« abc » n’est pas lisible comme un nombre : saisir des chiffres avec une virgule ou un point, par exemple 32,5.',
    );
  });

  test.each([
    ['120', '120'],
    ['120 /min', '120'],
    ['1.2e2', '120'],
    [
      '5,0',
      'fault: “5,0” has 1 decimal and this item takes whole numbers only: type the number as it should be recorded.',
    ],
    [
      '1,200',
      'fault: “1,200” has 3 decimals and this item takes whole numbers only: type the number as it should be recorded.',
    ],
    [
      '5.5',
      'fault: “5.5” has 1 decimal and this item takes whole numbers only: type the number as it should be recorded.',
    ],
    ['120 bpm', 'fault: “120 bpm” is in another unit: this item takes /min, and nothing is converted here.'],
  ])('%j in a whole-number item is %j', (typed, kept) => {
    expect(textOf('q_int', typed)).toBe(kept);
  });

  it('keeps every digit where the item names no number of decimals', () => {
    expect(textOf('q_free', '0.000123')).toBe('0.000123');
  });
});

describe('a number with a relation', () => {
  test.each([
    ['>55', '>', '55'],
    ['> 55', '>', '55'],
    ['≥4,5', '>=', '4.5'],
    ['>=4.5', '>=', '4.5'],
    ['≤ 4', '<=', '4'],
    ['55', '=', '55'],
    ['=55', '=', '55'],
    ['>55 %', '>', '55'],
    ['>55%', '>', '55'],
  ])('%j is %s %s', (typed, relation, text) => {
    expect(valueOf('q_cmp', typed)).toMatchObject({ relation, text, unit: null });
  });

  it('refuses a relation alone', () => {
    expect(faultOf('q_cmp', '>')).toContain('is not readable as a number');
  });
});

describe('a measurement that holds its own unit', () => {
  it('takes the unit of the item when none is typed', () => {
    expect(valueOf('q_meas', '5')).toMatchObject({ text: '5', relation: '=', unit: 'ug/L', number: 5 });
  });
  test.each(['5 ug/L', '5 µg/L', '5 μg/l', '5 mcg/L', '5µg / L'])('reads %j', (typed) => {
    expect(valueOf('q_meas', typed).unit).toBe('ug/L');
  });
  it('refuses a unit that it does not have', () => {
    expect(faultOf('q_meas', '5 mg/L')).toBe(
      '“5 mg/L” has a unit that is not known here: type one of µg/L after the number.',
    );
  });
});

describe('a measurement whose parts are items of the row', () => {
  const placed = placedIn(model, 'l_val');
  const row = (held: Record<string, string>): { valueOf: (item: string) => ItemValue | null } => ({
    valueOf: (item) => (held[item] === undefined ? null : { ...empty, text: held[item] }),
  });

  it('keeps the number and spreads relation and unit', () => {
    const reading = readItem(model, placed, '>35000 ng/L', 'en');
    expect(reading).toEqual({
      ok: true,
      value: { ...empty, text: '35000', number: 35000 },
      spread: [
        { item: 'l_cmp', text: '>' },
        { item: 'l_unit', text: 'ng/L' },
      ],
    });
  });
  it('spells the unit as the analyte of the row does', () => {
    const reading = readItem(model, placed, '150 G/L', 'en', row({ l_test: 'plt', l_cmp: '=' }));
    expect(reading.ok && reading.spread).toEqual([{ item: 'l_unit', text: '10*9/L' }]);
  });
  it('keeps a unit of the list that the analyte of the row can’t be converted from: a check says so', () => {
    const reading = readItem(model, placed, '150 G/L', 'en', row({ l_test: 'crp', l_cmp: '=' }));
    expect(reading.ok && reading.spread).toEqual([{ item: 'l_unit', text: 'G/L' }]);
  });
  it('refuses a unit that no list has, and names those of the analyte', () => {
    const reading = readItem(model, placed, '150 bushels', 'en', row({ l_test: 'crp' }));
    expect(!reading.ok && reading.fault.en).toBe(
      '“150 bushels” has a unit that is not known here: type one of mg/L, mg/dL after the number.',
    );
  });
  it('reads a unit in its own item by the analyte of the row first', () => {
    const unit = placedIn(model, 'l_unit');
    const inRow = (test: string): unknown => {
      const reading = readItem(model, unit, 'g/l', 'en', row({ l_test: test }));
      return reading.ok ? reading.value?.text : 'refused';
    };
    expect([inRow('hb'), inRow('plt'), inRow('crp')]).toEqual(['g/L', '10*9/L', 'refused']);
  });
  it('says "=" for a bare number where the row has no relation yet', () => {
    const reading = readItem(model, placed, '150', 'en', row({}));
    expect(reading.ok && reading.spread).toEqual([{ item: 'l_cmp', text: '=' }]);
  });
  it('leaves a relation that stands in the row', () => {
    const reading = readItem(model, placed, '150', 'en', row({ l_cmp: '>' }));
    expect(reading.ok && reading.spread).toEqual([]);
  });
  it('reads a unit that begins with a power of ten', () => {
    const reading = readItem(model, placed, '150 10^9/L', 'en', row({ l_test: 'plt', l_cmp: '=' }));
    expect(reading.ok && [reading.value?.text, reading.spread]).toEqual([
      '150',
      [{ item: 'l_unit', text: '10*9/L' }],
    ]);
  });
  it('reads a relation sign and a unit spelling in the items of the parts themselves', () => {
    expect([
      textOf('l_cmp', '≥'),
      textOf('l_unit', 'µg/l'),
      textOf('l_unit', 'G/L'),
      textOf('l_unit', '/mm³'),
    ]).toEqual(['>=', 'ug/L', '10*9/L', '/mm3']);
  });
});
