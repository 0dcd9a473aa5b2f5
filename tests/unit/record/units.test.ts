import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Analyte } from '#shared/study.ts';
import {
  factorOf,
  matchUnit,
  showUnit,
  toSignificant,
  toStandard,
  unitAfterNumber,
  unitsOf,
} from '#shared/units.ts';

const dimer = Analyte.parse({
  id: 'ddim',
  label: { en: 'D-dimer', fr: 'D-dimères' },
  unit: 'mg/L',
  units: [
    { unit: 'mg/L', factor: 1, qualifier: 'FEU' },
    { unit: 'mg/L', factor: 2, qualifier: 'DDU', approximate: true },
    { unit: 'ng/mL', factor: 0.001, qualifier: 'FEU' },
    { unit: 'ng/mL', factor: 0.002, qualifier: 'DDU', approximate: true },
  ],
});
const troponin = Analyte.parse({
  id: 'tni',
  label: { en: 'Troponin', fr: 'Troponine' },
  unit: 'ng/L',
  units: [
    { unit: 'pg/mL', factor: 1 },
    { unit: 'ng/mL', factor: 1000 },
  ],
});

describe('a typed unit', () => {
  test.each([
    ['ng/L', ['ng/L', 'ug/L'], 'ng/L'],
    ['NG/L', ['ng/L', 'ug/L'], 'ng/L'],
    ['µg/L', ['ng/L', 'ug/L'], 'ug/L'],
    ['μg/l', ['ng/L', 'ug/L'], 'ug/L'],
    ['mcg/L', ['ng/L', 'ug/L'], 'ug/L'],
    ['G/L', ['10*9/L', 'g/L'], '10*9/L'],
    ['g/L', ['10*9/L', 'g/L'], 'g/L'],
    ['G/L', ['10*9/L'], '10*9/L'],
    ['10⁹/L', ['10*9/L'], '10*9/L'],
    ['x10^9/L', ['10*9/L'], '10*9/L'],
    ['/mm³', ['/uL', '/mm3'], '/mm3'],
    ['/µL', ['/uL', '/mm3'], '/uL'],
    ['mmHg', ['mm[Hg]'], 'mm[Hg]'],
    ['°C', ['Cel'], 'Cel'],
    ['UI', ['[iU]'], '[iU]'],
    ['UI/kg', ['[iU]/kg'], '[iU]/kg'],
    ['g/l', ['10*9/L', 'g/L'], null],
    ['mol/L', ['mmol/L'], null],
    ['mg', ['Mg', 'mG'], null],
    ['__proto__', ['mg'], null],
    ['constructor', ['mg'], null],
    ['', ['mg'], null],
    ['x'.repeat(100), ['mg'], null],
  ])('%j among %j is %j', (typed, candidates, unit) => {
    expect(matchUnit(typed, candidates)).toBe(unit);
  });
  it('is found in every spelling that is shown', () => {
    const units = [
      'kg',
      'Cel',
      'mm[Hg]',
      '10*9/L',
      'ug/L',
      '%',
      '/min',
      'mL/min/{1.73_m2}',
      '[iU]/kg',
      'kg/m2',
    ];
    for (const unit of units)
      for (const language of ['en', 'fr'] as const)
        expect(matchUnit(showUnit(unit, language), units)).toBe(unit);
  });
});

describe('a unit on screen', () => {
  test.each([
    ['10*9/L', '10⁹/L', '10⁹/L'],
    ['mm[Hg]', 'mmHg', 'mmHg'],
    ['ug/L', 'µg/L', 'µg/L'],
    ['ug/kg/min', 'µg/kg/min', 'µg/kg/min'],
    ['Cel', '°C', '°C'],
    ['[iU]/kg/min', 'IU/kg/min', 'UI/kg/min'],
    ['mg/d', 'mg/d', 'mg/j'],
    ['a', 'years', 'ans'],
    ['{score}', '', ''],
    ['1', '', ''],
    ['/mm3', '/mm³', '/mm³'],
    ['umol/L', 'µmol/L', 'µmol/L'],
    ['mmol/L', 'mmol/L', 'mmol/L'],
    ['kg/m2', 'kg/m²', 'kg/m²'],
    ['m2', 'm²', 'm²'],
  ])('%s reads %j in English and %j in French', (unit, en, fr) => {
    expect([showUnit(unit, 'en'), showUnit(unit, 'fr')]).toEqual([en, fr]);
  });
});

describe('a unit after a number', () => {
  test.each([
    ['kg', '\u00A0kg', '\u00A0kg'],
    ['%', '%', '\u00A0%'],
    ['10*9/L', '\u00A0×\u00A010⁹/L', '\u00A0×\u00A010⁹/L'],
    ['/min', '/min', '/min'],
    ['{score}', '', ''],
  ])('%s is written %j in English and %j in French', (unit, en, fr) => {
    expect([unitAfterNumber(unit, 'en'), unitAfterNumber(unit, 'fr')]).toEqual([en, fr]);
  });
});

describe('a conversion', () => {
  test.each([
    [troponin, 0.14, 'ng/mL', null, 140],
    [troponin, 140, 'ng/L', null, 140],
    [troponin, 140, 'pg/mL', null, 140],
    [troponin, 140, 'mg/L', null, null],
    [dimer, 1.5, 'mg/L', 'FEU', 1.5],
    [dimer, 1.5, 'mg/L', 'DDU', 3],
    [dimer, 1500, 'ng/mL', 'DDU', 3],
    [dimer, 1.5, 'mg/L', null, null],
    [dimer, 1.5, 'mg/L', 'OTHER', null],
    [troponin, 0.1, '__proto__', null, null],
  ])('of %o: %d %s %s is %s', (analyte, number, unit, qualifier, standard) => {
    expect(toStandard(analyte, number, unit, qualifier)).toBe(standard);
  });
  it('has the storage unit first among its units, each once', () => {
    expect([unitsOf(dimer), unitsOf(troponin)]).toEqual([
      ['mg/L', 'ng/mL'],
      ['ng/L', 'pg/mL', 'ng/mL'],
    ]);
  });
  it('has factor 1 for the storage unit only', () => {
    expect([factorOf(troponin, 'ng/L', null), factorOf(troponin, 'g/L', null)]).toEqual([1, null]);
  });
  it('rounds to the digits that are kept as the number written out would be', () => {
    const numbers = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => number !== 0),
      fc.integer({ min: 1 }).map((thousandths) => thousandths / 1000),
    );
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 15 }), (number, digits) => {
        expect(toSignificant(number, digits)).toBe(Number(number.toPrecision(digits)));
      }),
      { numRuns: 2000 },
    );
  });
  it('gives the decimal number that a person calculates', () => {
    const factors = [0.1, 0.01, 0.001, 10, 1000];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom(...factors), (digits, factor) => {
        expect(String(toSignificant((digits / 100) * factor, 12)).length).toBeLessThanOrEqual(12);
      }),
    );
  });
});
