import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LmsTable } from '#shared/study.ts';
import { lmsAt, modifiedZScore, sizeAt, zScore } from '#shared/study-scope/growth.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/studies/anakinra-misc/growth');

function readTable(file: string, measure: string, age: LmsTable['age']): LmsTable {
  const rows: LmsTable['rows'] = { M: [], F: [] };
  for (const line of readFileSync(path.join(folder, file), 'utf8').trim().split('\n').slice(1)) {
    const [kind, sex, ...numbers] = line.split(',');
    const [at = Number.NaN, l = Number.NaN, m = Number.NaN, s = Number.NaN] = numbers.map(Number);
    if (kind === measure) rows[sex === '1' ? 'M' : 'F']?.push([at, l, m, s]);
  }
  return { id: measure, age, unit: '', source: file, rows };
}

const weight = readTable('cdc_lms_wt_ht.csv', 'weight_kg', 'months');
const height = readTable('cdc_lms_wt_ht.csv', 'height_cm', 'months');
const infant = readTable('who_lms_wt_0_730d.csv', 'weight_kg', 'days');

function score(table: LmsTable, sex: string, age: number, size: number, of: typeof zScore): number | null {
  const lms = lmsAt(table, sex, age);
  return lms === null ? null : of(lms, size);
}

describe('the checks worked out in the study document (section 11)', () => {
  const lines: readonly [sex: string, months: number, kg: number, z: number, modified: number | null][] = [
    ['M', 120.5, 320, 4.34, 30.0],
    ['M', 120.5, 32, -0.02, null],
    ['M', 120.5, 64, 2.62, 3.33],
    ['M', 120.5, 15, -6.96, -4.14],
    ['F', 120.5, 33, -0.01, null],
    ['F', 120.5, 90, 3.45, 5.65],
    ['M', 60.5, 81, 5.94, 19.3],
  ];
  test.each(lines)('%s of %d months, %d kg: z %d, modified %d', (sex, months, kg, z, modified) => {
    expect(score(weight, sex, months, kg, zScore)).toBeCloseTo(z, 2);
    if (modified !== null)
      expect(score(weight, sex, months, kg, modifiedZScore)).toBeCloseTo(
        modified,
        Math.abs(modified) < 10 ? 2 : 1,
      );
  });
  const medians: readonly [months: number, kg: readonly [number, number], cm: readonly [number, number]][] = [
    [24.5, [12.7, 12.1], [86.9, 85.4]],
    [60.5, [18.5, 18.0], [109.2, 108.0]],
    [84.5, [23.2, 22.9], [122.0, 121.8]],
    [120.5, [32.1, 33.1], [138.8, 138.2]],
    [144.5, [40.7, 41.8], [149.3, 151.5]],
    [180.5, [56.5, 52.1], [170.1, 161.9]],
    [204.5, [64.7, 55.2], [175.3, 162.9]],
  ];
  test.each(medians)('medians at %d months', (months, kg, cm) => {
    const median = (table: LmsTable, sex: string): number =>
      Math.round((lmsAt(table, sex, months)?.m ?? Number.NaN) * 10) / 10;
    expect([median(weight, 'M'), median(weight, 'F')]).toEqual(kg);
    expect([median(height, 'M'), median(height, 'F')]).toEqual(cm);
  });
});

describe('the LMS method', () => {
  test('is exact at a tabulated age and linear in L, M and S between two', () => {
    const [first, second] = [lmsAt(weight, 'M', 24.5), lmsAt(weight, 'M', 25.5)];
    const [row] = (weight.rows['M'] ?? []).filter(([age]) => age === 24.5);
    expect(first).toEqual({ l: row?.[1], m: row?.[2], s: row?.[3] });
    expect(lmsAt(weight, 'M', 25)?.m).toBeCloseTo(((first?.m ?? 0) + (second?.m ?? 0)) / 2, 10);
    expect(lmsAt(weight, 'M', 25)?.l).toBeCloseTo(((first?.l ?? 0) + (second?.l ?? 0)) / 2, 10);
  });
  test.each<[string, LmsTable, string, number, boolean]>([
    ['first age', weight, 'M', 24, true],
    ['last age', weight, 'M', 240, true],
    ['before the first', weight, 'M', 23.99, false],
    ['after the last', weight, 'M', 240.01, false],
    ['unknown sex', weight, 'X', 100, false],
    ['a name that every object has', weight, 'constructor', 100, false],
    ['no number', weight, 'M', Number.NaN, false],
    ['day of birth', infant, 'F', 0, true],
    ['day 731', infant, 'F', 731, false],
  ])('%s', (_, table, sex, age, isKnown) => {
    expect(lmsAt(table, sex, age) !== null).toBe(isKnown);
  });
  test('takes the logarithm when L is 0', () => {
    expect(zScore({ l: 0, m: 10, s: 0.1 }, 11)).toBeCloseTo(Math.log(1.1) / 0.1, 12);
    expect(zScore({ l: 1e-7, m: 10, s: 0.1 }, 11)).toBeCloseTo(
      zScore({ l: 0, m: 10, s: 0.1 }, 11) ?? Number.NaN,
      5,
    );
  });
  test('gives back the size at its own z-score', () => {
    const lms = lmsAt(infant, 'M', 100) ?? { l: 1, m: 1, s: 1 };
    for (const z of [-3, -1, 0, 2]) expect(zScore(lms, sizeAt(lms, z) ?? Number.NaN)).toBeCloseTo(z, 10);
  });
  test('agrees with the modified z-score at 0, +2 and −2', () => {
    const lms = lmsAt(height, 'F', 100.25) ?? { l: 1, m: 1, s: 1 };
    for (const z of [-2, 0, 2]) expect(modifiedZScore(lms, sizeAt(lms, z) ?? Number.NaN)).toBeCloseTo(z, 10);
  });
  test('has no score for a size that is not above 0', () => {
    expect([zScore({ l: 1, m: 10, s: 0.1 }, 0), modifiedZScore({ l: 1, m: 10, s: 0.1 }, -5)]).toEqual([
      null,
      null,
    ]);
  });
  test('has no modified score where the distribution ends before ±2', () => {
    expect(modifiedZScore({ l: -6, m: 10, s: 0.1 }, 12)).toBeNull();
  });
});
