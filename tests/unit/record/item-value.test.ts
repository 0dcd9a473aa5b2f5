import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { editText, isSameValue, readItem, showItem, showItemWithUnit } from '#shared/item-value.ts';
import type { Language } from '#shared/study.ts';
import { placedIn } from './little-study.ts';
import { empty, faultOf, model, read, textOf, valueOf } from './reading.ts';

describe('a text', () => {
  it('is trimmed and kept in one Unicode form', () => {
    expect(textOf('q_text', '  Cafe\u0301 ')).toBe('Café');
  });
  test.each([
    ['a\nb', 'holds a line break or a tab at position 2'],
    ['a\u0000b', 'holds a character that can’t be shown (U+0000) at position 2'],
    ['a\u202Eb', 'holds a character that can’t be shown (U+202E) at position 2'],
    ['a\uD800b', 'holds a character that can’t be shown (U+D800) at position 2'],
    ['x'.repeat(101), 'has 101 characters and this item takes 100'],
  ])('%j is refused', (typed, fault) => {
    expect(faultOf('q_text', typed)).toContain(fault);
  });
  it('is a missing reason only as the whole upper-case code', () => {
    expect([
      valueOf('q_text', 'ND').missing,
      valueOf('q_text', 'nd').text,
      valueOf('q_text', 'ND today').text,
    ]).toEqual(['ND', 'nd', 'ND today']);
  });
  it('keeps what looks like a formula', () => {
    expect(textOf('q_text', '=SUM(A1)')).toBe('=SUM(A1)');
  });
});

describe('a date', () => {
  test.each([
    ['q_date', '3/11/2021', '2021-11-03', 'day'],
    ['q_date', '2021-11-03', '2021-11-03', 'day'],
    ['q_start', '3/11/2021 14:20', '2021-11-03T14:20', 'minute'],
    ['q_start', '2021-11-03T14:20', '2021-11-03T14:20', 'minute'],
    ['q_ym', '11/2021', '2021-11', 'month'],
    ['q_partial', '2021', '2021', 'year'],
    ['q_partial', '2021-11', '2021-11', 'month'],
    ['q_partial', '3/11/2021', '2021-11-03', 'day'],
  ])('%s takes %j as %s, known to the %s', (item, typed, text, precision) => {
    expect(valueOf(item, typed)).toEqual({ ...empty, text, precision });
  });
  test.each([
    ['q_date', '2021-11', 'lacks the day'],
    ['q_date', '3/11/2021 14:20', 'has a time and this item takes none'],
    [
      'q_date',
      '31/02/2021',
      'is not readable as a date: type day, month and year, such as 03/11/2021. February 2021 has the days 1 to 28.',
    ],
    ['q_date', '3/11/21', 'The year needs four digits'],
    ['q_start', '3/11/2021', 'lacks the time: add hour and minute'],
    ['q_start', '2021-11', 'lacks the day and the time'],
    ['q_ym', '3/11/2021', 'has a day and this item records none'],
    ['q_ym', '2021', 'lacks the month'],
    ['q_partial', '3/11/2021 14:20', 'has a time and this item takes none'],
    ['q_partial', 'yesterday', 'is not readable as a date'],
  ])('%s refuses %j: %s', (item, typed, fault) => {
    expect(faultOf(item, typed)).toContain(fault);
  });
});

describe('a choice', () => {
  test.each([
    ['q_yn', '1', '1'],
    ['q_yn', 'Yes', '1'],
    ['q_yn', 'oui', '1'],
    ['q_yn', 'NON', '0'],
    ['q_ynu', 'Inconnu', '99'],
    ['q_one', 'sb', 'SB'],
    ['q_one', 'simpson BIPLAN', 'SB'],
    ['q_one', 'NK', 'NK'],
    ['q_one', 'methode inconnue', 'NK'],
    ['q_many', '["3","1"]', '["1","3"]'],
    ['q_many', '[1, 3]', '["1","3"]'],
    ['q_many', '3, 1', '["1","3"]'],
    ['q_many', '1 3', '["1","3"]'],
    ['q_many', '1;3;3', '["1","3"]'],
    ['q_many', 'Fever, chills', '["1"]'],
    ['q_many', 'Rash, œdème', '["2","3"]'],
    ['q_many', 'oedema eruption', '["2","3"]'],
    ['q_many', '0, 1', '["0","1"]'],
    ['q_many', '[]', null],
  ])('%s takes %j as %j', (item, typed, text) => {
    expect(textOf(item, typed)).toBe(text);
  });
  test.each([
    ['q_yn', '99', '“99” is not in the list: type one of 1 (Yes), 0 (No).'],
    ['q_yn', 'y', '“y” is not in the list: type one of 1 (Yes), 0 (No).'],
    [
      'q_one',
      '__proto__',
      '“__proto__” is not in the list: type one of SB (Simpson biplane), VE (Visual estimate), NK (Unknown method).',
    ],
    [
      'q_one',
      'Simpson',
      '“Simpson” is not in the list: type one of SB (Simpson biplane), VE (Visual estimate), NK (Unknown method).',
    ],
    [
      'q_many',
      '1, 9',
      '“9” is not in the list: type one of 0 (None), 1 (Fever, chills), 2 (Rash), 3 (Oedema).',
    ],
    [
      'q_many',
      '["1"',
      '“["1"” is not readable as a list of codes: type codes with commas between, such as 1, 3.',
    ],
    [
      'q_many',
      '[{"a":1}]',
      '“[{"a":1}]” is not readable as a list of codes: type codes with commas between, such as 1, 3.',
    ],
  ])('%s refuses %j', (item, typed, fault) => {
    expect(faultOf(item, typed)).toBe(fault);
  });
});

describe('a missing reason', () => {
  test.each(['q_int', 'q_dec', 'q_date', 'q_start', 'q_yn', 'q_many', 'q_cmp', 'q_meas', 'l_val'])(
    'stands in place of a value of %s',
    (item) => {
      expect(valueOf(item, 'nd')).toEqual({ ...empty, missing: 'ND' });
    },
  );
  it('gives way to a code of that name, and is then typed in brackets', () => {
    expect([
      valueOf('q_one', 'NK').text,
      valueOf('q_one', '[NK]').missing,
      valueOf('q_one', 'ND').missing,
    ]).toEqual(['NK', 'NK', 'ND']);
  });
});

describe('an empty or a monstrous text', () => {
  test.each(['', '   ', '\u00A0', '\n'])('%j is the empty value', (typed) => {
    expect(read('q_dec', typed)).toEqual({ ok: true, value: null, spread: [] });
  });
  it('refuses a calculated item', () => {
    expect(faultOf('q_perkg', '5')).toBe(
      '“5” can’t be recorded here: this item is calculated from others; change those.',
    );
  });
  it('refuses ten million characters with a short sentence', () => {
    expect(faultOf('q_text', 'x'.repeat(10_000_000)).length).toBeLessThan(200);
  });
  it('never repeats what was typed in the sentence for logs', () => {
    for (const { item } of model.items) {
      const reading = readItem(model, placedIn(model, item.id), 'SECRET 41/13/2021', 'en');
      if (!reading.ok)
        expect(`${reading.withoutQuote.en} ${reading.withoutQuote.fr}`).not.toMatch(/SECRET|41|13/u);
    }
  });
  it('reads any text without throwing', () => {
    const items = fc.constantFrom(...model.items.map(({ item }) => item.id));
    fc.assert(
      fc.property(
        items,
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.json()),
        (item, typed) => {
          const reading = read(item, typed);
          expect(
            reading.ok
              ? reading.spread.length <= 2
              : reading.fault.en.length > 0 && reading.fault.fr.length > 0,
          ).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a value on screen', () => {
  test.each([
    ['q_dec', '32.0', 'en', '32.0', '32.0\u00A0kg'],
    ['q_dec', '32.0', 'fr', '32,0', '32,0\u00A0kg'],
    ['q_cmp', '>=4.5', 'fr', '≥4,5', '≥4,5\u00A0%'],
    ['q_cmp', '>55', 'en', '>55', '>55%'],
    ['q_meas', '5', 'en', '5', '5\u00A0µg/L'],
    ['q_start', '3/11/2021 14:20', 'en', '03 Nov 2021 14:20', '03 Nov 2021 14:20'],
    ['q_partial', '11/2021', 'en', 'Nov 2021', 'Nov 2021'],
    ['q_one', 'VE', 'fr', 'Estimation visuelle', 'Estimation visuelle'],
    ['q_many', '1 2', 'fr', 'Fièvre, frissons, Éruption', 'Fièvre, frissons, Éruption'],
    ['q_yn', '0', 'fr', 'Non', 'Non'],
    ['q_dec', 'ND', 'fr', 'Non fait (ND)', 'Non fait (ND)'],
  ] as const)('%s typed %j in %s is shown as %j', (item, typed, language, shown, withUnit) => {
    const placed = placedIn(model, item);
    const value = valueOf(item, typed);
    expect([
      showItem(model, placed, value, language),
      showItemWithUnit(model, placed, value, language),
    ]).toEqual([shown, withUnit]);
  });
});

describe('editing a value', () => {
  const number = fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 2 }))
    .map(([digits, decimals]) => (digits / 100).toFixed(decimals));
  const twoDigits = (from: number, to: number): fc.Arbitrary<string> =>
    fc.integer({ min: from, max: to }).map((part) => String(part).padStart(2, '0'));
  const day = fc
    .tuple(fc.integer({ min: 1900, max: 2199 }), twoDigits(1, 12), twoDigits(1, 28))
    .map((parts) => parts.join('-'));
  const typedFor: Readonly<Record<string, fc.Arbitrary<string>>> = {
    q_int: fc.integer({ min: -1000, max: 1000 }).map(String),
    q_dec: number,
    q_free: fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
      .map((typed) => typed.toPrecision(8)),
    q_text: fc.string({ unit: 'grapheme', maxLength: 60 }),
    q_date: day,
    q_start: fc
      .tuple(day, twoDigits(0, 23), twoDigits(0, 59))
      .map(([date, hour, minute]) => `${date}T${hour}:${minute}`),
    q_ym: day.map((date) => date.slice(0, 7)),
    q_partial: fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([date, length]) => date.slice(0, length)),
    q_yn: fc.constantFrom('1', '0'),
    q_ynu: fc.constantFrom('1', '0', '99'),
    q_one: fc.constantFrom('SB', 'VE', 'NK', '[NK]', '[nd]'),
    q_many: fc.subarray(['0', '1', '2', '3']).map((codes) => JSON.stringify(codes)),
    q_cmp: fc
      .tuple(fc.constantFrom('', '<', '<=', '>', '≥'), fc.integer({ min: 0, max: 1000 }))
      .map(([relation, tenths]) => relation + String(tenths / 10)),
    q_meas: number.map((typed) => `> ${typed} µg/L`),
    l_val: number,
    l_unit: fc.constantFrom('mg/L', 'G/L', '/mm³'),
    l_cmp: fc.constantFrom('=', '<', '≤'),
  };
  test.each(Object.keys(typedFor))('gives the same value of %s again, in both languages', (item) => {
    const typed = fc.oneof(
      { weight: 9, arbitrary: typedFor[item] ?? fc.string() },
      { weight: 1, arbitrary: fc.constantFrom('ND', 'NA', 'NK', '') },
    );
    fc.assert(
      fc.property(typed, fc.constantFrom<Language>('en', 'fr'), (text, language) => {
        const first = read(item, text, language);
        if (!first.ok) return;
        const edited = first.value === null ? '' : editText(placedIn(model, item), first.value, language);
        expect(read(item, edited, language)).toMatchObject({ ok: true, value: first.value });
      }),
    );
  });
  it('takes an emptied value for none', () => {
    expect(isSameValue(null, empty)).toBe(true);
  });
  it('takes another precision for another value', () => {
    expect(isSameValue(valueOf('q_dec', '32'), valueOf('q_dec', '32.0'))).toBe(false);
  });
});
