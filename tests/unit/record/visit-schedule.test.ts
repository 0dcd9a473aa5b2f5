import { describe, expect, it, test } from 'vitest';
import type { SubjectRecord } from '#shared/record.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { eventWindow, scheduleOf } from '#shared/visit-schedule.ts';
import { accepted, change, complete, inState, model, nobody, saved } from './saving.ts';

const begun = saved(nobody, change('q_start', '3/11/2021 14:20'), change('q_dec', '10'));
const windowIn = (record: SubjectRecord, event: string): string => {
  const window = eventWindow(model, indexSubject(model, record), event);
  return window === null ? 'none' : `${window.from} ${window.target} ${window.to}`;
};
const schedule = (record: SubjectRecord, now: string): readonly string[] =>
  scheduleOf(model, indexSubject(model, record), now).map(
    ({ instance, status }) => `${instance.id} ${status}`,
  );
const statusOf = (record: SubjectRecord, now: string, event: string): string | undefined =>
  scheduleOf(model, indexSubject(model, record), now).find(({ instance }) => instance.id === event)?.status;

describe('the window of an event', () => {
  test.each([
    ['SCR', '2021-11-02T14:20 2021-11-03T14:20 2021-11-03T14:20'],
    ['D1', '2021-11-03T00:00 2021-11-03T00:00 2021-11-03T23:59'],
    ['D3', '2021-11-05T00:00 2021-11-05T00:00 2021-11-05T23:59'],
    ['D7', '2021-11-08T00:00 2021-11-09T00:00 2021-11-10T23:59'],
    ['D8', '2021-11-10T00:00 2021-11-10T00:00 2021-11-10T23:59'],
    ['OUT', 'none'],
    ['LOG', 'none'],
    ['XX', 'none'],
  ])('%s is %s', (event, window) => {
    expect(windowIn(begun, event)).toBe(window);
  });
  it('is not known before its anchor is', () => {
    expect(windowIn(nobody, 'D7')).toBe('none');
  });
});

describe('the status of an event', () => {
  const completed = accepted(complete(begun, 'SCR', 'Q')).record;
  test.each([
    ['D7', nobody, '2021-11-20T10:00', 'no-anchor'],
    ['D7', begun, '2021-11-07T23:59', 'before'],
    ['D7', begun, '2021-11-08T00:00', 'due'],
    ['D7', begun, '2021-11-10T23:59', 'due'],
    ['D7', begun, '2021-11-11T00:00', 'overdue'],
    ['OPT', begun, '2021-12-01T00:00', 'passed'],
    ['SCR', begun, '2021-12-01T00:00', 'overdue'],
    ['SCR', completed, '2021-12-01T00:00', 'done'],
    ['LOG', begun, '2021-12-01T00:00', 'any-time'],
  ] as const)('%s, %#: at %s it is %s', (event, record, now, status) => {
    expect(statusOf(record, now, event)).toBe(status);
  });
  it('is done where nothing is required once all that was begun is complete', () => {
    const optional = saved(begun, change('l_test', 'crp', { event: 'OPT' }));
    expect([
      statusOf(optional, '2021-11-13T00:00', 'OPT'),
      statusOf(inState(optional, 'OPT', 'L', 'complete'), '2021-11-13T00:00', 'OPT'),
    ]).toEqual(['due', 'done']);
  });
});

describe('the events that are shown', () => {
  const days = (record: SubjectRecord, now: string): string =>
    schedule(record, now)
      .map((line) => line.split(' ')[0] ?? '')
      .filter((event) => event.startsWith('D'))
      .join(' ');

  it('are all scheduled ones, the first day, the logs and one unscheduled, before anything is known', () => {
    expect(schedule(nobody, '2021-11-20T10:00')).toEqual([
      'SCR no-anchor',
      'D1 no-anchor',
      'D7 no-anchor',
      'OPT no-anchor',
      'OUT no-anchor',
      'LOG any-time',
      'UNS1 any-time',
    ]);
  });
  it('are the days up to today', () => {
    expect(days(begun, '2021-11-05T08:00')).toBe('D1 D2 D3 D7');
  });
  it('are the days up to the discharge', () => {
    expect(days(saved(begun, change('z_end', '7/11/2021 10:00')), '2021-11-20T10:00')).toBe(
      'D1 D2 D3 D4 D5 D7',
    );
  });
  it('are not all days of a subject that nobody has opened for long', () => {
    expect(days(begun, '2022-11-20T10:00')).toBe('D1 D2 D3 D4 D5 D6 D8 D7');
  });
  it('are the days with answers, whenever they are', () => {
    expect(days(saved(begun, change('l_test', 'crp', { event: 'D12' })), '2021-11-04T08:00')).toBe(
      'D1 D2 D12 D7',
    );
  });
  it('are the unscheduled ones with answers, and the next', () => {
    const unscheduled = saved(begun, change('l_test', 'crp', { event: 'UNS1' }));
    expect(schedule(unscheduled, '2021-11-20T10:00').filter((line) => line.startsWith('UNS'))).toEqual([
      'UNS1 any-time',
      'UNS2 any-time',
    ]);
  });
});
