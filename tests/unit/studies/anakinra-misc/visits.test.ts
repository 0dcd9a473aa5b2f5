/** When visits of the study are held, against the windows of the study document. */
import { describe, expect, test } from 'vitest';
import type { FormStatus, SubjectRecord } from '#shared/record.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { scheduleOf } from '#shared/visit-schedule.ts';
import { visitTiming } from '#shared/visit-timing.ts';
import { statusOf } from '../../../../electron/services/subject-status.ts';
import { settleChild, type Given } from '../scenario.ts';
import { dose, enrolled, now, t0 } from './children.ts';
import { model, study } from './study.ts';

/** First dose on 3 November 2021 at 10:00, discharge on the 9th at noon. */
const course = {
  ENR: enrolled,
  ANX: [dose(t0)],
  DSC: { dsc_dt: '2021-11-09 12:00', dsc_type: 'HOME' },
};

function timingOf(event: string, given: Given): string {
  const timing = visitTiming(settleChild(model, { ...course, ...given }, { now }), event);
  if (timing === null) return 'none';
  const { held, place, off, unit, form } = timing;
  return form === null ? `${held} ${place}` : `${held} ${place} by ${String(off)} ${unit} (${form})`;
}

describe('a visit is', () => {
  test.each([
    [
      'in the window to its last minute',
      'H48',
      { 'VS@H48': [{ vs_dt: '2021-11-05 22:00' }] },
      '2021-11-05T22:00 in-window',
    ],
    [
      'late a minute after it',
      'H48',
      { 'VS@H48': [{ vs_dt: '2021-11-05 22:01' }] },
      '2021-11-05T22:01 late by 1 minutes (VS)',
    ],
    [
      'early a minute before it',
      'H48',
      { 'VS@H48': [{ vs_dt: '2021-11-04 21:59' }] },
      '2021-11-04T21:59 early by 1 minutes (VS)',
    ],
    [
      'late by its latest form, and dated by its first',
      'H48',
      { 'VS@H48': [{ vs_dt: '2021-11-05 10:00' }], 'EC@H48': [{ ec_dt: '2021-11-05 23:00' }] },
      '2021-11-05T10:00 late by 60 minutes (EC)',
    ],
    [
      'in a window of hours on a day of which a part is in it',
      'PRE',
      { 'SUP@PRE': { sup_date: '2021-11-03' } },
      '2021-11-03 in-window',
    ],
    [
      'never after the first dose before it',
      'PRE',
      { 'VS@PRE': [{ vs_dt: '2021-11-03 10:01' }] },
      '2021-11-03T10:01 late by 1 minutes (VS)',
    ],
    [
      'in a window of days to the end of its last day',
      'D7',
      { 'VS@D7': [{ vs_dt: '2021-11-11 23:59' }] },
      '2021-11-11T23:59 in-window',
    ],
    [
      'late by days after it',
      'D7',
      { 'VS@D7': [{ vs_dt: '2021-11-13 08:00' }] },
      '2021-11-13T08:00 late by 2 days (VS)',
    ],
    [
      'early by days before it',
      'M1',
      { 'FU@M1': { fu_dt: '2021-11-30' } },
      '2021-11-30 early by 1 days (FU)',
    ],
    [
      'in its window four weeks after the first dose',
      'M1',
      { 'FU@M1': { fu_dt: '2021-12-01' } },
      '2021-12-01 in-window',
    ],
    ['of no timing while nothing dates it', 'M1', { 'FU@M1': { fu_stat: 'ALIVE' } }, 'none'],
    [
      'of no timing while its window is not known',
      'H48',
      { ANX: [], 'VS@H48': [{ vs_dt: '2021-11-05 22:00' }] },
      'none',
    ],
    [
      'not dated by an infection before it',
      'SCR',
      { COV: [{ cov_typ: 'CONT', cov_dat: '2021-10-03' }], 'VS@SCR': [{ vs_dt: '2021-11-01 09:00' }] },
      '2021-11-01T09:00 in-window',
    ],
    ['of no timing where it has no window', 'UNS1', { 'VS@UNS1': [{ vs_dt: '2021-11-20 22:00' }] }, 'none'],
  ] as const)('%s', (_, event, given, expected) => {
    expect(timingOf(event, given)).toBe(expected);
  });
});

describe('the discharge visit', () => {
  const required = Object.entries(study.matrix)
    .filter(([, events]) => events['DIS'] === 'required')
    .map(([form]) => form);
  const statusWith = (complete: readonly string[]): string | undefined => {
    const record: SubjectRecord = {
      subject: '01-001',
      site: '01',
      forms: complete.map((form) => ({ event: 'DIS', form, state: 'complete' })),
      values: [],
    };
    return scheduleOf(model, indexSubject(model, record), now).find(({ instance }) => instance.id === 'DIS')
      ?.status;
  };

  test('is done when all is complete that people fill in: it does not wait for the signature', () => {
    expect(required).toContain('SIG');
    expect(statusWith(required.filter((form) => form !== 'SIG'))).toBe('done');
  });
  test('is not done while one of them is open', () => {
    expect(statusWith(required.filter((form) => form !== 'DSC'))).not.toBe('done');
  });
});

describe('a child', () => {
  const required = model.eventInstances
    .filter(({ event, number }) => event.kind === 'scheduled' && number === null)
    .flatMap(({ id, event }) =>
      model.forms
        .filter(({ form }) => model.duty(event, form.id) === 'required')
        .map(({ form }): FormStatus => ({ event: id, form: form.id, state: 'complete' })),
    );

  test('is complete when every required form of a visit is, signed or not', () => {
    expect(statusOf(model, required)).toBe('complete');
    expect(
      statusOf(
        model,
        required.filter(({ form }) => form !== 'SIG'),
      ),
    ).toBe('complete');
  });
  test('is not complete without the discharge', () => {
    expect(
      statusOf(
        model,
        required.filter(({ form }) => form !== 'DSC'),
      ),
    ).toBe('in-progress');
  });
});
