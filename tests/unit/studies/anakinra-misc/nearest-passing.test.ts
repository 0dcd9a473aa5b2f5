/**
 * The nearest value that would pass, for every finding that the cases of the checks bring up: looked at again by a whole
 * run of the checks, as after a save, and not by what found it.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive } from '#shared/derivations.ts';
import { findingKey, runChecks } from '#shared/edit-checks.ts';
import { nearestPassing, type Passing } from '#shared/nearest-passing.ts';
import { gridOf, type Grid } from '#shared/nearest-passing/grid.ts';
import type { Finding, ItemValue } from '#shared/record.ts';
import { valueAt, withDrafts, type SubjectIndex } from '#shared/subject-index.ts';
import { findingsOf, outcomesOf, settleChild, type Given } from '../scenario.ts';
import type { Case } from './case.ts';
import { boy, dose, measured, now, result } from './children.ts';
import { model } from './study.ts';

function settledWith(index: SubjectIndex, { place }: Pick<Passing, 'place'>, value: ItemValue): SubjectIndex {
  const drafted = withDrafts(index, [{ place, value }]);
  return withDrafts(drafted, derive(model, drafted, now));
}

/** Whether the finding is there after the value was put in and everything calculated anew. */
function stands(
  index: SubjectIndex,
  finding: Finding,
  at: Pick<Passing, 'place'>,
  value: ItemValue,
): boolean {
  const settled = settledWith(index, at, value);
  return (['batch', 'complete'] as const)
    .flatMap((phase) => runChecks(model, settled, { phase, now }))
    .some((found) => findingKey(found) === findingKey(finding));
}

function gridAt(index: SubjectIndex, { place, placed }: Passing): Grid {
  const current = valueAt(index, place);
  const grid = current === null ? null : gridOf(index, place, placed, current);
  if (grid === null) throw new Error(`${place.item} has no grid`);
  return grid;
}

/** The step of the grid that holds the text. */
function stepOf(grid: Grid, text: string): number {
  for (let low = grid.first, high = grid.last; low <= high;) {
    const middle = Math.floor((low + high) / 2);
    const found = grid.valueAt(middle);
    if (found.text === text) return middle;
    const isBelow = found.number === null ? (found.text ?? '') < text : found.number < Number(text);
    if (isBelow) low = middle + 1;
    else high = middle - 1;
  }
  throw new Error(`${text} is not on the grid`);
}

function isCase(one: unknown): one is Case {
  return typeof one === 'object' && one !== null && 'check' in one && 'given' in one && 'expect' in one;
}
const folder = path.join(import.meta.dirname, 'cases');
const modules: readonly unknown[] = await Promise.all(
  readdirSync(folder).map((file) => import(path.join(folder, file)) as Promise<unknown>),
);
const fired = modules
  .flatMap((module): unknown[] => Object.values(module as object)) // a module is an object of what it exports
  .flatMap((list) => (Array.isArray(list) ? list.filter(isCase) : []))
  .filter((one) => one.expect === 'fires');

describe('for every finding of the cases', () => {
  it('there are cases', () => expect(fired.length).toBeGreaterThan(50));

  it.each(fired.map((one) => [one.check, one.because, one] as const))(
    '%s: what is offered passes, and the value before it does not (%s)',
    (check, _, { given }) => {
      const index = settleChild(model, given, { now });
      for (const finding of findingsOf(model, index, { now }).filter((found) => found.check === check)) {
        for (const passing of nearestPassing(model, index, finding, now)) {
          if (passing.kind === 'range') {
            const grid = gridAt(index, passing);
            for (const { side, near } of passing.ranges) {
              const step = stepOf(grid, near);
              const towards = side === 'above' ? -1 : 1;
              expect(stands(index, finding, passing, grid.valueAt(step))).toBe(false);
              const before = grid.valueAt(step + towards);
              // Birth is known to the month: dates of that month can't be told to be before or after it.
              const settled = settledWith(index, passing, before);
              if (!outcomesOf(model, settled, check, { now }).includes(null))
                expect(stands(index, finding, passing, before)).toBe(true);
            }
          } else {
            const texts =
              passing.kind === 'code' ? passing.codes : passing.sets.map((set) => JSON.stringify(set));
            const nothing = { relation: null, number: null, unit: null, precision: null, missing: null };
            for (const text of texts)
              expect(stands(index, finding, passing, { ...nothing, text })).toBe(false);
          }
        }
      }
    },
  );
});

/** "anx_mg ..256.0", "lb_dd FEU|DDU" */
function offered(given: Given, check: string): readonly string[] {
  const index = settleChild(model, given, { now });
  const finding = findingsOf(model, index, { now }).find((found) => found.check === check);
  if (finding === undefined) throw new Error(`${check} does not fire`);
  return nearestPassing(model, index, finding, now).map((passing) => {
    const what =
      passing.kind === 'range'
        ? passing.ranges.map(({ side, near, far }) =>
            side === 'below' ? `${far ?? ''}..${near}` : `${near}..${far ?? ''}`,
          )
        : passing.kind === 'code'
          ? passing.codes
          : passing.sets.map((set) => set.join('+'));
    return `${passing.place.item} ${what.join(' | ')}`;
  });
}

describe('the nearest value that would pass', () => {
  const infusion = { ig_given: '1', ig_sdt: '2021-11-02 08:00', ig_edt: '2021-11-02 20:00' };
  it('of 8 mg/kg a day for 32.0 kg is 256 mg', () =>
    expect(offered({ ...measured, ANX: [dose('2021-11-03 10:00', '300')] }, 'EC63')).toEqual([
      'anx_mg ..256.1',
    ]));
  it('lies within both ends of a range', () =>
    expect(offered({ ...measured, ANX: [dose('2021-11-03 10:00', '400')] }, 'EC64')).toEqual([
      'anx_mg 31.9..320.1',
    ]));
  it('lies on both sides where there are two bands', () =>
    expect(offered({ ...measured, IG: [{ ...infusion, ig_dose: '48' }] }, 'EC54')).toEqual([
      'ig_dose 25.5..38.5 | 57.5..70.5',
    ]));
  it('of a bound is the bound itself', () =>
    expect(offered({ ...boy, VS: [{ vs_dt: '2021-11-01 09:00', vs_temp: '44.2' }] }, 'vs_temp.hard')).toEqual(
      ['vs_temp ..43.0'],
    ));
  it('of the bound of an analyte is in the unit in which it was reported', () =>
    expect(offered({ ...boy, LB: [result('alb', '9.3 g/dL')] }, 'lb_val.hard')).toEqual(['lb_val ..7.000']));
  it('of a date is the minute before', () =>
    expect(offered({ ...boy, DSC: { dsc_dt: '2021-10-31 08:00' } }, 'EC09')).toEqual([
      'dsc_dt 2021-11-01T08:00..',
      'enr_admdt ..2021-10-31T08:00',
    ]));
  it('of a code is every code that passes', () =>
    expect(offered({ ...boy, LB: [result('ddim', '3.8 mg/L')] }, 'EC25')[0]).toBe('lb_dd FEU | DDU'));
  it('of several codes is one code more or less', () =>
    expect(offered({ ...measured, IG: [{ ...infusion, ig_tol: '0, 2' }] }, 'EC57')).toEqual([
      'ig_tol 2 | 0',
    ]));
  it('is none where no one answer alone would do', () =>
    expect(offered({ ...boy, LB: [result('alt', '49 U/L')] }, 'EC37')).toEqual([]));
});

describe('for any dose and weight', () => {
  it('what is offered passes and the tenth of a milligram before it does not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 1200 }),
        fc.integer({ min: 10, max: 10_000 }),
        fc.constantFrom('EC62', 'EC63', 'EC64', 'EC65'),
        (tenthsOfKg, tenthsOfMg, check) => {
          const given = {
            ...boy,
            VS: [{ vs_dt: '2021-11-01 09:00', vs_wt: (tenthsOfKg / 10).toFixed(1) }],
            ANX: [dose('2021-11-03 10:00', (tenthsOfMg / 10).toFixed(1))],
          };
          const index = settleChild(model, given, { now });
          for (const finding of findingsOf(model, index, { now }).filter((found) => found.check === check)) {
            const [passing] = nearestPassing(model, index, finding, now);
            if (passing?.kind !== 'range') continue;
            const grid = gridAt(index, passing);
            for (const { side, near } of passing.ranges) {
              const step = stepOf(grid, near);
              const before = grid.valueAt(step + (side === 'above' ? -1 : 1));
              expect(stands(index, finding, passing, grid.valueAt(step))).toBe(false);
              expect(stands(index, finding, passing, before)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
