import { describe, expect, it } from 'vitest';
import { carriedAnswer } from '#shared/carried-answer.ts';
import { placesBehind, valuesBehind, type ValueBehind } from '#shared/values-behind.ts';
import { findingsOf, settleChild, type Given } from '../scenario.ts';
import { dose, measured, now, result } from './children.ts';
import { model } from './study.ts';

/** "anx_mgkgd < anx_mg, vs_wt@SCR" */
function behind(given: Given, check: string): readonly string[] {
  const index = settleChild(model, given, { now });
  const finding = findingsOf(model, index, { now }).find((found) => found.check === check);
  if (finding === undefined) throw new Error(`${check} does not fire`);
  const words = ({ place, from }: ValueBehind): string =>
    `${place.item}@${place.event}/${String(place.row)}${from.length === 0 ? '' : ` < ${from.map(words).join(', ')}`}`;
  return valuesBehind(model, index, finding, now).map(words);
}

describe('the values behind a finding', () => {
  it('go down to what was typed, each with its visit', () =>
    expect(behind({ ...measured, ANX: [dose('2021-11-03 10:00', '300')] }, 'EC63')).toEqual([
      'anx_mgkgd@LOG/1 < anx_mg@LOG/1, anx_dt@LOG/1, vs_dt@SCR/1, vs_wt@SCR/1',
    ]));
  it('name the answer that is lacking where the check asks for it', () => {
    const index = settleChild(model, { LB: [result('ddim', '3.8 mg/L')] }, { now });
    const finding = findingsOf(model, index, { now }).find((found) => found.check === 'EC25');
    const values = finding === undefined ? [] : valuesBehind(model, index, finding, now);
    expect(values.map(({ place, isEmpty }) => [place.item, isEmpty])).toEqual([
      ['lb_test', false],
      ['lb_val', false],
      ['lb_dd', true],
    ]);
  });
  it('are asked for in the trail once each', () => {
    const index = settleChild(model, { ...measured, ANX: [dose('2021-11-03 10:00', '300')] }, { now });
    const finding = findingsOf(model, index, { now }).find((found) => found.check === 'EC63');
    const places = finding === undefined ? [] : placesBehind(valuesBehind(model, index, finding, now));
    expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(places.length);
    expect(places).toHaveLength(5);
  });
});

describe('reference limits of the laboratory', () => {
  const limits = { lb_lln: '7', lb_uln: '40' };
  const earlier = { ...result('alt', '38 U/L'), lb_lab: 'CHU central', ...limits };
  const offered = (row: Record<string, string>, before: readonly Record<string, string>[] = [earlier]) => {
    const index = settleChild(model, { LB: before, 'LB@PRE': [row] }, { now });
    const placed = model.item('lb_uln');
    if (placed === undefined) return null;
    const place = { event: 'PRE', form: 'LB', row: 1, item: 'lb_uln' };
    const found = carriedAnswer(index, place, placed, model.aid('lb_uln')?.carried ?? []);
    return found === null ? null : [found.value.text, found.from.event, found.from.row];
  };
  const later = { ...result('alt', '49 U/L'), lb_dt: '2021-11-03 08:00', lb_lab: 'chu  Central ' };

  it('are offered from the last result of the same test, laboratory and unit', () =>
    expect(offered(later)).toEqual(['40', 'SCR', 1]));
  it('are not those of another laboratory', () => expect(offered({ ...later, lb_lab: 'Other' })).toBeNull());
  it('are not those of another test', () =>
    expect(offered({ ...later, lb_test: 'ast', lb_val: '49 U/L' })).toBeNull());
  it('are not those in another unit', () => expect(offered({ ...later, lb_val: '0.8 ukat/L' })).toBeNull());
  it('are not those of a later sample', () =>
    expect(offered(later, [{ ...earlier, lb_dt: '2021-11-09 08:00' }])).toBeNull());
  it('are none while the laboratory is not known', () => {
    const { lb_lab: _, ...unknown } = later;
    expect(offered(unknown)).toBeNull();
  });
});
