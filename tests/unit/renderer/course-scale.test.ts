import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { timeTicks, valueScale, wholeCourse, type Scale } from '../../../renderer/stores/course-scale.ts';
import { bar, panel, picture, point } from './course-figures.ts';

function log(...numbers: readonly number[]): Scale | null {
  return valueScale(
    panel(
      'log',
      numbers.map((number) => point(0, number)),
    ),
  );
}

describe('a logarithmic axis', () => {
  const facts: readonly [numbers: readonly number[], expected: Scale][] = [
    [[286, 62, 12], { from: 10, to: 500, ticks: [10, 100] }],
    [[36, 34], { from: 10, to: 100, ticks: [10, 100] }],
    [[8120, 9340, 320], { from: 200, to: 20_000, ticks: [1000, 10_000] }],
    [[0.14, 140], { from: 0.1, to: 200, ticks: [1, 100] }],
    [[100], { from: 50, to: 500, ticks: [50, 200] }],
  ];
  test.each(facts)('of %j has round ends', (numbers, expected) => {
    expect(log(...numbers)).toEqual(expected);
  });

  it('holds every value with air on both sides, a decade or more, and one to three ticks within', () => {
    const number = fc.double({ min: 0.001, max: 500_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 12 }), (numbers) => {
        const scale = log(...numbers);
        if (scale === null) throw new Error('there are values');
        expect(scale.from).toBeLessThan(Math.min(...numbers));
        expect(scale.to).toBeGreaterThan(Math.max(...numbers));
        expect(scale.to / scale.from).toBeGreaterThanOrEqual(9.99);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(1);
        expect(scale.ticks.length).toBeLessThanOrEqual(3);
        for (const tick of scale.ticks) {
          expect(tick).toBeGreaterThanOrEqual(scale.from);
          expect(tick).toBeLessThanOrEqual(scale.to);
        }
      }),
    );
  });
});

describe('a linear axis', () => {
  it('shows its range at least, so that a height means the same in two children', () => {
    const one = valueScale(panel('linear', [point(0, 40)], { range: { from: 20, to: 75 } }));
    const other = valueScale(panel('linear', [point(0, 62)], { range: { from: 20, to: 75 } }));
    expect(one).toEqual(other);
    expect(one?.ticks).toEqual([20, 40, 60]);
  });
  it('widens for a value outside and for its lines', () => {
    const scale = valueScale(
      panel('linear', [point(0, 12)], {
        range: { from: 20, to: 50 },
        lines: [{ at: 55, label: { en: '55', fr: '55' }, source: 'test' }],
      }),
    );
    expect(scale?.from).toBeLessThan(12);
    expect(scale?.to).toBeGreaterThan(55);
  });
});

it('a panel without values has no axis', () => {
  expect(valueScale(panel('linear', [], { range: { from: 20, to: 75 } }))).toBeNull();
});

describe('the axis of time', () => {
  it('of the whole course holds every value, every treatment and the anchor', () => {
    const span = wholeCourse(picture([panel('log', [point(-66, 3), point(840, 3)])], [[bar(-60, 900)]]));
    expect(span.from).toBeLessThan(-66);
    expect(span.to).toBeGreaterThan(900);
  });
  it('counts whole days, as many as there is room for', () => {
    expect(timeTicks({ from: -96, to: 216 }, 320)).toEqual([-96, -48, 0, 48, 96, 144, 192]);
    expect(timeTicks({ from: -96, to: 216 }, 800)).toHaveLength(14);
    expect(timeTicks({ from: -100, to: 4400 }, 320)).toEqual([0, 672, 1344, 2016, 2688, 3360, 4032]);
  });
});
