import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalRow,
  columnLetter,
  excelNumber,
  fitText,
  isPlainText,
  looksLikeFormula,
  plainNumber,
} from '../../../electron/services/workbook-cells.ts';

const day = 18934; // 2021-11-03

describe('the line that is hashed', () => {
  it('parts cells by tabs', () => expect(canonicalRow(['a', 1.5, null])).toBe('a\t1.5\t\n'));
  it('escapes what would break a line', () =>
    expect(canonicalRow(['a\tb\nc\\d\re'])).toBe('a\\tb\\nc\\\\d\\re\n'));
  it('writes a day as ISO 8601', () => expect(canonicalRow([{ day }])).toBe('2021-11-03\n'));
  it('writes a minute as ISO 8601', () =>
    expect(canonicalRow([{ minute: day * 1440 + 5 }])).toBe('2021-11-03T00:05\n'));
  it('writes a minute before 1970', () => expect(canonicalRow([{ minute: -1 }])).toBe('1969-12-31T23:59\n'));
});

describe('a number in the line', () => {
  it('is as short as it can be', () => expect(plainNumber(0.1 + 0.2)).toBe('0.30000000000000004'));
  it('has no point without need', () => expect(plainNumber(32)).toBe('32'));
  it('has no exponent when it is small', () => expect(plainNumber(1.5e-7)).toBe('0.00000015'));
  it('has no exponent when it is large', () => expect(plainNumber(1.5e21)).toBe('1500000000000000000000'));
  it('keeps its sign', () => expect(plainNumber(-2e-9)).toBe('-0.000000002'));
  it('knows no negative zero', () => expect(plainNumber(-0)).toBe('0'));
  it('means the same number again', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const plain = plainNumber(number);
        expect(plain).not.toContain('e');
        expect(Number(plain)).toBe(number === 0 ? 0 : number);
      }),
    );
  });
});

describe('a text in a cell', () => {
  it('stays as it is', () => expect(fitText("l'été, 日本語 🫀\n\tend")).toBe("l'été, 日本語 🫀\n\tend"));
  it('has a character that XML cannot hold as its number', () =>
    expect(fitText('a\u0001b\u007F\uFFFE')).toBe('a_x0001_b_x007F__xFFFE_'));
  it('has a return as its number, which XML would turn into a line feed', () =>
    expect(fitText('a\r\nb')).toBe('a_x000D_\nb'));
  it('that reads like such a number is marked', () => expect(fitText('_x0041_')).toBe('_x005F_x0041_'));
});

describe('a plain text', () => {
  it.each(['01-001', 'value.set', 'lb_val', '2021-11-03T14:20', 'mg/L', 'a'.repeat(64)])('%s', (text) =>
    expect(isPlainText(text)).toBe(true),
  );
  it.each([
    '=1',
    '-1',
    '+1',
    '@x',
    ' a',
    'a ',
    'a&b',
    '<',
    'é',
    'a\tb',
    '_x0041_',
    'a_x0041_',
    '\\',
    'x'.repeat(40_000),
  ])('is not %j', (text) => expect(isPlainText(text)).toBe(false));
  it('needs neither a substitute nor an escape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        fc.pre(isPlainText(text));
        expect(fitText(text)).toBe(text);
        expect(looksLikeFormula(text)).toBe(false);
        expect(canonicalRow([text])).toBe(`${text}\n`);
        expect(text).not.toMatch(/[&<>]|^\s|\s$/u);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('text that looks like a formula', () => {
  it.each(['=1+1', '+33', '-x', '@home', '\tx', '\rx'])('is %j', (text) =>
    expect(looksLikeFormula(text)).toBe(true),
  );
  it.each(['1=1', 'a-b', ' =1', ''])('is not %j', (text) => expect(looksLikeFormula(text)).toBe(false));
});

describe('Excel', () => {
  it('counts 1970-01-01 as 25569', () => expect(excelNumber({ day: 0 })).toBe(25_569));
  it('counts noon as half a day', () => expect(excelNumber({ minute: 720 })).toBe(25_569.5));
  it.each([
    [1, 'A'],
    [26, 'Z'],
    [27, 'AA'],
    [702, 'ZZ'],
    [703, 'AAA'],
    [16_384, 'XFD'],
  ])('calls column %i %s', (column, letter) => expect(columnLetter(column)).toBe(letter));
});
