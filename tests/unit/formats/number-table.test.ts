import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNumberTable } from '../../../electron/services/formats/number-table.ts';

it('holds what a Map holds', () => {
  const key = fc.oneof(fc.nat(50), fc.maxSafeNat());
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.integer())), (pairs) => {
      const table = createNumberTable();
      for (const [one, value] of pairs) table.set(one, value);
      for (const [one, value] of new Map(pairs)) expect(table.get(one)).toBe(value);
      expect(table.get(51)).toBe(new Map(pairs).get(51));
    }),
  );
});

it('grows as far as it has to', () => {
  const table = createNumberTable();
  for (let n = 0; n < 50_000; n += 1) table.set(n * 10_000, -n);
  let wrong = 0;
  for (let n = 0; n < 50_000; n += 1) if (table.get(n * 10_000) !== -n) wrong += 1;
  expect([wrong, table.get(1)]).toEqual([0, undefined]);
});
