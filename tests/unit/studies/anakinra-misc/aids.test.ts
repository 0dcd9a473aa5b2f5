/** What stands beside a field while a dose is typed, as a clinician would calculate it by hand. */
import { describe, expect, it } from 'vitest';
import { readAid, type AidReading } from '#shared/read-aid.ts';
import { settleChild, type Given } from '../scenario.ts';
import { boy, dose, measured, now } from './children.ts';
import { model } from './study.ts';

function aidOf(given: Given, item: string, row = 1): AidReading {
  const placed = model.item(item);
  const event = placed?.home.home.events[0] ?? '';
  const place = { event, form: placed?.form.id ?? '', row, item };
  const reading = readAid(model, settleChild(model, given, { now }), place, now);
  if (reading === null) throw new Error(`nothing helps at ${item}`);
  return reading;
}

/** "This dose 3.13 mg/kg" */
function lines({ lines: read }: AidReading): readonly string[] {
  return read.map(({ shown, number }) => `${shown.label.en} ${number?.text ?? '–'} ${shown.unit ?? ''}`);
}

const decided = { and_dt: '2021-11-03 09:00', and_wt: '32.0', and_mgkg: '2' };
const prednisolone = { cs_given: '1', cs_drug: 'PL', cs_sdt: '2021-11-02 08:00', cs_ong: '0' };

describe('beside a dose of anakinra', () => {
  const twoDoses = [dose('2021-11-03 10:00', '64'), dose('2021-11-03 22:00', '100')];
  it('stand mg/kg, mg/kg in 24 h and the total so far', () => {
    expect(lines(aidOf({ ...measured, ANX: twoDoses }, 'anx_mg', 2))).toEqual([
      'This dose 3.13 mg/kg',
      'In 24 h 5.13 mg/kg/d',
      'Total so far 164.0 mg',
    ]);
  });
  it('the total leaves out what came later', () =>
    expect(lines(aidOf({ ...measured, ANX: twoDoses }, 'anx_mg', 1))[2]).toBe('Total so far 64.0 mg'));
  it('the weight in force is named with its visit and its time', () =>
    expect(aidOf({ ...measured, ANX: twoDoses }, 'anx_mg', 2).basis).toEqual({
      place: { event: 'SCR', form: 'VS', row: 1, item: 'vs_wt' },
      at: '2021-11-01T09:00',
    }));
  it('the dosing weight of the decision goes before it', () =>
    expect(aidOf({ ...measured, AND: decided, ANX: twoDoses }, 'anx_mg', 2).basis).toEqual({
      place: { event: 'PRE', form: 'AND', row: 1, item: 'and_wt' },
      at: '2021-11-03T09:00',
    }));
  it('a weight of later does not count', () => {
    const reading = aidOf(
      { ...boy, 'VS@H48': [{ vs_dt: '2021-11-05 10:00', vs_wt: '32' }], ANX: twoDoses },
      'anx_mg',
      2,
    );
    expect(reading.lines[0]?.why?.en).toBe('no weight before this dose');
    expect(reading.basis).toBeNull();
    expect(lines(reading).slice(0, 2)).toEqual(['This dose – mg/kg', 'In 24 h – mg/kg/d']);
  });
  it('without its time, nothing is told that rests on time', () =>
    expect(aidOf({ ...measured, ANX: [{ anx_mg: '64' }] }, 'anx_mg').lacking?.fr).toBe(
      'heure de cette dose non saisie',
    ));
  it('too much in 24 h is seen against each limit', () => {
    const [, inDay] = aidOf({ ...measured, ANX: [dose('2021-11-03 10:00', '320')] }, 'anx_mg').lines;
    expect(inDay?.limits.map(({ limit, isKept }) => [limit.check, isKept])).toEqual([
      ['EC62', true],
      ['EC63', false],
      ['EC64', true],
    ]);
  });
  it('the volume is that of 150 mg/mL', () =>
    expect(lines(aidOf({ ...measured, ANX: [dose('2021-11-03 10:00')] }, 'anx_vol'))).toEqual([
      'Volume of this dose 0.67 mL',
    ]));
  it('the prescription per kg gives the daily dose', () =>
    expect(lines(aidOf({ ...measured, AND: decided }, 'and_mgkg'))).toEqual(['Daily dose 64.0 mg/d']));
});

describe('beside a dose of immunoglobulins', () => {
  const infusions = [
    { ig_given: '1', ig_sdt: '2021-11-01 12:00', ig_dose: '32' },
    { ig_sdt: '2021-11-02 12:00', ig_dose: '32' },
  ];
  it('stand g/kg of the infusion and in total', () =>
    expect(lines(aidOf({ ...measured, IG: infusions }, 'ig_dose', 2))).toEqual([
      'This infusion 1.00 g/kg',
      'Total so far 2.00 g/kg',
      'Total so far 64.0 g',
    ]));
  it('before the first weight nothing is evaluable', () => {
    const early = [{ ig_given: '1', ig_sdt: '2021-11-01 08:30', ig_dose: '32' }];
    const reading = aidOf({ ...measured, IG: early }, 'ig_dose');
    expect(reading.lacking).toEqual({
      en: 'no weight before this infusion',
      fr: 'aucun poids avant cette perfusion',
    });
    expect(lines(reading)[0]).toBe('This infusion – g/kg');
  });
});

describe('beside a daily dose of corticosteroids', () => {
  it('stand mg/kg, the methylprednisolone equivalent and the total of the courses', () => {
    const courses = [
      { ...prednisolone, cs_edt: '2021-11-03 20:00', cs_mgd: '40' },
      { cs_drug: 'MP', cs_sdt: '2021-11-04 08:00', cs_ong: '0', cs_edt: '2021-11-04 09:00', cs_mgd: '960' },
    ];
    expect(lines(aidOf({ ...measured, CS: courses }, 'cs_mgd', 1))).toEqual([
      'Of this drug 1.25 mg/kg/d',
      'Methylprednisolone equivalent 1.00 mg/kg/d',
      'Total equivalent 2.0 mg/kg',
    ]);
    expect(lines(aidOf({ ...measured, CS: courses }, 'cs_mgd', 2))[2]).toBe('Total equivalent 32.0 mg/kg');
  });
  it('a course that goes on has no total', () => {
    const reading = aidOf({ ...measured, CS: [{ ...prednisolone, cs_ong: '1', cs_mgd: '40' }] }, 'cs_mgd');
    expect(lines(reading)[2]).toBe('Total equivalent – mg/kg');
    expect(reading.lines[2]?.why?.en).toBe('a course has no end or no weight');
  });
});
