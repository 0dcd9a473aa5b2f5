import { describe, expect, it } from 'vitest';
import { clockTime, offsetName, stampTime } from '../../../renderer/stores/clock.ts';
import { showBounds } from '../../../renderer/stores/field-hint.ts';
import { showDelay } from '../../../renderer/stores/waiting.ts';

describe('limits in words', () => {
  it.each([
    [{ min: 15, max: 80 }, '%', 'en', '15–80\u00A0%'],
    [{ min: 1.5, max: 250 }, 'kg', 'fr', '1,5–250\u00A0kg'],
    [{ min: -35, max: 0 }, '%', 'en', '−35 … 0\u00A0%'],
    [{ max: 2 }, 's', 'en', '≤ 2\u00A0s'],
    [{ min: 92 }, '', 'en', '≥ 92'],
    [{}, 'kg', 'en', null],
    [undefined, 'kg', 'en', null],
  ] as const)('%j %s in %s', (bounds, unit, language, words) => {
    expect(showBounds(bounds, unit, language)).toBe(words);
  });
});

describe('times', () => {
  it('of the trail are those of the one who wrote', () => {
    expect(stampTime('2021-11-03T23:20:05.000Z', 60, 'en')).toBe('04 Nov 2021 00:20:05');
    expect(stampTime('2021-11-03T23:20:05.000Z', -210, 'fr')).toBe('03 nov. 2021 19:50:05');
  });
  it('name their distance from UTC', () => {
    expect([60, -210, 0, 345].map(offsetName)).toEqual(['UTC+1', 'UTC−3:30', 'UTC+0', 'UTC+5:45']);
  });
  it('of the last save has seconds', () => {
    expect(clockTime('2021-11-03T23:20:05.000Z')).toMatch(/^\d\d:20:05$/u);
  });
  it.each([
    [45, '45 s'],
    [60, '1 min 00 s'],
    [125, '2 min 05 s'],
  ])('a wait of %d seconds is "%s"', (seconds, words) => {
    expect(showDelay(seconds)).toBe(words);
  });
});
