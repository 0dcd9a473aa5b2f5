import { expect, test } from 'vitest';
import { localMinute, localPeriod } from '../../../renderer/stores/clock.ts';

test.each([
  ['2024-03-05', '2024-03-05T00:00', '2024-03-06T00:00'],
  ['2024-02', '2024-02-01T00:00', '2024-03-01T00:00'],
  ['2024-12', '2024-12-01T00:00', '2025-01-01T00:00'],
  ['2024', '2024-01-01T00:00', '2025-01-01T00:00'],
])('%s runs from %s to before %s', (date, from, until) => {
  const period = localPeriod(date);
  expect(localMinute(new Date(period.from))).toBe(from);
  expect(localMinute(new Date(period.until))).toBe(until);
});
