import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  likelySlips,
  scaleOfAnalyte,
  scaleOfItem,
  type EarlierNumber,
  type LikelySlip,
  type TypedNumber,
} from '#shared/likely-slip.ts';
import { model } from '../studies/anakinra-misc/study.ts';

function scaleOf(test: string, qualifier: string | null = null) {
  const analyte = model.analyte(test);
  if (analyte === undefined) throw new Error(`there is no analyte ${test}`);
  return scaleOfAnalyte(analyte, qualifier, 3);
}

interface Told {
  readonly doubt?: 'soft' | 'hard';
  readonly earlier?: readonly EarlierNumber[];
  readonly qualifier?: string;
}
function slips(test: string, number: number, unit: string, told: Told = {}): readonly string[] {
  const typed: TypedNumber = { number, unit, doubt: told.doubt ?? 'none' };
  return likelySlips(scaleOf(test, told.qualifier ?? null), typed, told.earlier ?? []).map(words);
}
function moved(item: string, number: number, told: Told & { accepts?: (n: number) => boolean } = {}) {
  const placed = model.item(item);
  if (placed === undefined) throw new Error(`there is no item ${item}`);
  const typed: TypedNumber = { number, unit: placed.item.unit ?? null, doubt: told.doubt ?? 'none' };
  return likelySlips(scaleOfItem(placed.item), typed, told.earlier ?? [], told.accepts).map(words);
}
function words(slip: LikelySlip): string {
  return slip.kind === 'unit' ? slip.units.join(' or ') : String(slip.number);
}
const before = (...numbers: readonly number[]): readonly EarlierNumber[] =>
  numbers.map((standard) => ({ standard, unit: null }));
const reported = (standard: number, unit: string): readonly EarlierNumber[] => [{ standard, unit }];

describe('a number in another unit than it was reported in', () => {
  it('albumin 4.2 g/L is g/dL', () => expect(slips('alb', 4.2, 'g/L')).toEqual(['g/dL']));
  it('albumin 42 g/dL is g/L', () => expect(slips('alb', 42, 'g/dL')).toEqual(['g/L']));
  it('CRP 246 mg/dL is mg/L', () => expect(slips('crp', 246, 'mg/dL')).toEqual(['mg/L']));
  it('creatinine 0.68 µmol/L is mg/dL', () => expect(slips('creat', 0.68, 'umol/L')).toEqual(['mg/dL']));
  it('haemoglobin 11.2 g/L is g/dL', () => expect(slips('hb', 11.2, 'g/L')).toEqual(['g/dL']));
  it('haemoglobin 8.1 g/L could be g/dL or mmol/L', () => expect(slips('hb', 8.1, 'g/L')).toEqual([]));
  it('haemoglobin 8.1 g/L is g/dL where it always came so', () =>
    expect(slips('hb', 8.1, 'g/L', { earlier: reported(82, 'g/dL') })).toEqual(['g/dL']));
  it('leukocytes 12900 G/L are per µL or mm³, which is the same', () =>
    expect(slips('wbc', 12900, '10*9/L')).toEqual(['/uL or /mm3']));
  it('troponin 0.14 ng/L is ng/mL or µg/L where a check doubts it', () =>
    expect(slips('tni', 0.14, 'ng/L', { doubt: 'soft' })).toEqual(['ng/mL or ug/L']));
  it('albumin 25 g/L is what it says', () => expect(slips('alb', 25, 'g/L')).toEqual([]));
  it('potassium 41 meq/L is not mmol/L, which is the same number', () =>
    expect(slips('k', 41, 'meq/L')).toEqual(['4.1']));
  it('D-dimer is not judged before FEU or DDU is answered', () =>
    expect(slips('ddim', 3800, 'mg/L')).toEqual([]));
  it('D-dimer 3800 mg/L FEU is ng/mL or µg/L', () =>
    expect(slips('ddim', 3800, 'mg/L', { qualifier: 'FEU' })).toEqual(['ng/mL or ug/L']));
  it('D-dimer with FEU in its unit keeps it there', () =>
    expect(slips('ddim', 3800, 'mg/L{FEU}', { qualifier: 'FEU' })).toEqual(['ng/mL{FEU} or ug/L{FEU}']));
});

describe('a number with its point in another place', () => {
  it('temperature 394 is 39.4', () => expect(moved('vs_temp', 394)).toEqual(['39.4']));
  it('heart rate 13 is 130', () => expect(moved('vs_hr', 13)).toEqual(['130']));
  it('LVEF 0.395 is 39.5', () => expect(moved('ec_ef', 0.395)).toEqual(['39.5']));
  it('weight 320 could be 32 or 3.2', () => expect(moved('vs_wt', 320)).toEqual([]));
  it('weight 320 is 32 beside an earlier 32.4', () =>
    expect(moved('vs_wt', 320, { earlier: before(32.4) })).toEqual(['32']));
  it('weight 320 is 32 where the check of weight for age lets only that pass', () =>
    expect(moved('vs_wt', 320, { doubt: 'soft', accepts: (number) => number > 10 })).toEqual(['32']));
  it('weight 3.2 is 32 where a check doubts it and it was 32.4 before', () =>
    expect(moved('vs_wt', 3.2, { doubt: 'soft', earlier: before(32.4) })).toEqual(['32']));
  it('a weight that nobody doubts is left alone', () =>
    expect(moved('vs_wt', 3.2, { earlier: before(32.4) })).toEqual([]));
  it('weight 245 that only a soft check doubts is left alone where there is nothing to compare', () =>
    expect(moved('vs_wt', 245, { doubt: 'soft', accepts: (number) => number > 10 })).toEqual([]));
  it('a dose of 650 is 65 beside earlier doses of 65', () =>
    expect(moved('anx_mg', 650, { doubt: 'soft', earlier: before(65, 65) })).toEqual(['65']));
  it('leukocytes 333.6 are 33.36 where they were 30', () =>
    expect(slips('wbc', 333.6, '10*9/L', { earlier: before(30) })).toEqual(['33.36']));
  it('leukocytes 333.6 are not told to be 33.36 or 3.336 where they were 10', () =>
    expect(slips('wbc', 333.6, '10*9/L', { earlier: before(10) })).toEqual([]));
  it('a heart rate has no decimals: 1305 is not 130.5', () => expect(moved('vs_hr', 1305)).toEqual([]));
  it('zero has no point to move', () => expect(moved('vs_temp', 0)).toEqual([]));
});

describe('whatever is typed', () => {
  const tests = model.study.analytes.map(({ id }) => id);
  it('a unit is only named in which the number is expected, and never the one given', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tests),
        fc.double({ min: 1e-4, max: 1e6, noNaN: true }),
        (test, number) => {
          const scale = scaleOf(test, 'FEU');
          for (const { unit } of scale.units)
            for (const slip of likelySlips(scale, { number, unit, doubt: 'hard' }, [])) {
              const { min = -Infinity, max = Infinity } = scale.expected ?? {};
              expect(slip.standard >= min && slip.standard <= max).toBe(true);
              if (slip.kind === 'unit') expect(slip.units).not.toContain(unit);
            }
        },
      ),
    );
  });
});
