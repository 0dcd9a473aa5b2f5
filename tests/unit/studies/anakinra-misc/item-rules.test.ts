/**
 * The rules that items bring along are checks too in the eyes of a person who enters. For every item of the study, one step
 * outside a limit is told, the limit itself is not, and neither is an answer that is missing with a reason.
 */
import { describe, expect, test } from 'vitest';
import type { PlacedItem } from '#shared/study-model.ts';
import type { Bounds } from '#shared/study.ts';
import type { Finding } from '#shared/record.ts';
import { findingsOf, settleChild, type Given, type Row } from '../scenario.ts';
import { dose, enrolled, measured, now, t0 } from './children.ts';
import { model, study } from './study.ts';

/** What has to be answered for an item to be asked at all, where it isn't always. */
const askedWhen: Readonly<Record<string, Row>> = {
  ig_dose: { ig_given: '1' },
  ig_comp: { ig_given: '1', ig_act: '3', ig_tol: '2' },
  cs_mgd: { cs_given: '1' },
  cm_axa: { cm_drug: 'Enoxaparin B01AB05' },
  cm_ae: { cm_ind: 'AE' },
};
const inForm: Readonly<Record<string, Given>> = {
  DSC: { ENR: { ...enrolled, enr_picu: '1' } },
  CMR: { EC: { ec_dt: '2021-11-02 08:00', ec_ef: '40' } },
  // A dose and a weight, so that checks which stand for a limit have what they look at.
  ANX: measured,
  IG: measured,
  CS: measured,
  AND: { ...measured, ANX: dose(t0) },
};
const cmr = { cmr_done: '1' };

function findingsWith({ item, form }: PlacedItem, typed: string): readonly Finding[] {
  const own = { ...(form.id === 'CMR' ? cmr : {}), ...askedWhen[item.id], [item.id]: typed };
  const index = settleChild(model, { ...inForm[form.id], [form.id]: own }, { now });
  return findingsOf(model, index, { now });
}

/** The smallest step that the item can hold. */
const step = ({ item }: PlacedItem): number => 10 ** -(item.decimals ?? 0);
const written = (placed: PlacedItem, number: number): string => number.toFixed(placed.item.decimals ?? 0);

interface Limit {
  readonly placed: PlacedItem;
  readonly kind: 'hard' | 'soft';
  readonly bounds: Bounds;
  readonly at: number;
  readonly outside: number;
}
const limitsOf = (placed: PlacedItem): readonly Limit[] =>
  (['hard', 'soft'] as const).flatMap((kind) => {
    const bounds = placed.item[kind];
    if (bounds === undefined) return [];
    const { min, max } = bounds;
    const low = min === undefined ? [] : [{ at: min, outside: min - step(placed) }];
    const high = max === undefined ? [] : [{ at: max, outside: max + step(placed) }];
    return [...low, ...high].map((limit) => ({ placed, kind, bounds, ...limit }));
  });
const typed = model.items.filter(({ item }) => item.type !== 'calculated');
const limits = typed.flatMap(limitsOf);

test('there are limits to try', () => {
  expect(limits.length).toBeGreaterThan(100);
});

describe.each(limits.map((limit) => [limit.placed.item.id, limit.kind, limit] as const))(
  '%s, a %s limit',
  (id, kind, { placed, bounds, at, outside }) => {
    test(`${written(placed, outside)} is told, in both languages, with value and limits`, () => {
      const expected = bounds.check ?? `${id}.${kind}`;
      const found = findingsWith(placed, written(placed, outside)).find(({ check }) => check === expected);
      const named = study.checks.find((check) => check.id === bounds.check);
      expect(found).toMatchObject({ item: id, severity: named?.severity ?? kind });
      expect(found?.message.en).not.toBe(found?.message.fr);
      if (bounds.check !== undefined) return;
      expect(found?.message.en).toContain(placed.item.label.en);
      expect(found?.message.fr).toContain(placed.item.label.fr);
      expect(found?.message.en).toContain(written(placed, outside));
      expect(found?.message.fr).toContain(written(placed, outside).replace('.', ','));
    });
    test(`${written(placed, at)} is not`, () => {
      const found = findingsWith(placed, written(placed, at)).map(({ check }) => check);
      expect(found).not.toContain(`${id}.${kind}`);
      if (bounds.check !== undefined) expect(found).not.toContain(bounds.check);
    });
    test('and neither is a missing reason', () => {
      const found = findingsWith(placed, 'NK').map(({ check }) => check);
      expect(found.filter((check) => check === `${id}.${kind}` || check === bounds.check)).toEqual([]);
    });
  },
);

const analytes = study.analytes.flatMap((analyte) =>
  (['hard', 'soft'] as const).flatMap((kind) => {
    const bounds = analyte[kind];
    return bounds?.max === undefined ? [] : [{ analyte, kind, max: bounds.max }];
  }),
);
describe.each(analytes.map((line) => [line.analyte.id, line.kind, line] as const))(
  'a result of %s, a %s limit',
  (id, kind, { analyte, max }) => {
    const found = (value: number): readonly string[] => {
      const row = { lb_test: id, lb_val: value.toFixed(3), lb_unit: analyte.unit };
      const index = settleChild(
        model,
        { LB: analyte.qualified === true ? { ...row, lb_dd: 'FEU' } : row },
        { now },
      );
      return findingsOf(model, index, { now }).map(({ check }) => check);
    };
    test(`above ${String(max)} ${analyte.unit} is told`, () => {
      expect(found(max * 1.01)).toContain(`lb_val.${kind}`);
    });
    test(`${String(max)} ${analyte.unit} is not`, () => {
      expect(found(max)).not.toContain(`lb_val.${kind}`);
    });
  },
);

describe.each(
  typed
    .filter(({ item }) => item.pattern !== undefined && item.system === undefined)
    .map((placed) => [placed.item.id, placed] as const),
)('the pattern of %s', (_, { item }) => {
  test('is explained to people in both languages', () => {
    expect(item.help).toBeDefined();
  });
});
