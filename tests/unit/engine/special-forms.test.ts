import { describe, expect, test } from 'vitest';
import { findingsOf, say, type Answers, type Asked } from './run.ts';
import { check } from './sleep-study.ts';

const subject: Asked = { each: 'subject' };
const night: Asked = { each: 'form', form: 'NIGHT' };
const waking: Asked = { each: 'row', group: 'WAKE' };
const dose: Asked = { each: 'row', group: 'DOSES' };

describe('a bare name', () => {
  const answers: Answers = {
    'SCR/ENR/s_weight': '70',
    'N1/NIGHT/n_hours': '7.5',
    'N2/NIGHT/n_hours': '6',
    'N1/NIGHT/1/w_minutes': '5',
    'N1/NIGHT/2/w_minutes': '9',
  };
  const lines: readonly [what: string, expression: string, asked: Asked, worth: readonly string[]][] = [
    ['is the subject’s one value of a form of one event', 's_weight + 0', night, ['70', '70']],
    ['is the item of the same form instance', 'n_hours + 0', night, ['7.5', '6']],
    ['is the item of the same row', 'w_minutes + 0', waking, ['5', '9']],
    ['is the head of the form in a row of its table', 'n_hours + w_minutes', waking, ['12.5', '16.5']],
    ['is null where nothing is entered', 's_start', night, ['–', '–']],
  ];
  test.each(lines)('%s', (_, expression, asked, worth) => {
    expect(say(expression, answers, asked)).toEqual(worth);
  });
});

describe('doses, the first row entered last', () => {
  const answers: Answers = {
    'SCR/ENR/s_consent': '1',
    'LOG/DOSE/1/d_at': '2021-11-05T08:00',
    'LOG/DOSE/1/d_mg': '30',
    'LOG/DOSE/2/d_at': '2021-11-03T08:00',
    'LOG/DOSE/2/d_mg': '10',
    'LOG/DOSE/3/d_at': '2021-11-04T08:00',
    'LOG/DOSE/3/d_mg': 'ND',
    'LOG/DOSE/4/d_mg': '99',
  };
  const at = (text: string): string => `date and time("2021-11-${text}:00")`;
  const lines: readonly [expression: string, worth: readonly string[], asked?: Asked][] = [
    ['all(d_mg)', ['10, 30, 99']],
    ['first(all(d_mg))', ['10']],
    ['count(rows(DOSES))', ['4']],
    ['rows(DOSES).d_mg', ['10, –, 30, 99']],
    ['rows(DOSES)[d_mg > 20].row', ['1, 4']],
    ['rows(DOSES)[at > T0].row', ['3, 1']],
    ['T0', ['03 Nov 2021 08:00']],
    ['some r in rows(DOSES) satisfies r.d_mg > 90', ['yes']],
    [`before(d_mg, ${at('05T08:00')})`, ['10\u00A0mg']],
    [`at_or_before(d_mg, ${at('05T08:00')})`, ['30\u00A0mg']],
    [`before(d_mg, ${at('03T08:00')})`, ['–']],
    [`before(d_mg, date("2021-11-05"))`, ['10\u00A0mg']],
    [`nearest(d_mg, ${at('05T07:00')}, 1)`, ['30\u00A0mg']],
    [`nearest(d_mg, ${at('05T07:00')}, 0.99)`, ['–']],
    [`nearest(d_mg, ${at('04T08:00')}, 24)`, ['10\u00A0mg']],
    [`nearest(d_mg, ${at('04T08:01')}, 24)`, ['30\u00A0mg']],
    ['nearest(d_mg, null, 24)', ['–']],
    ['previous(d_mg)', ['–', '–', '10\u00A0mg', '–'], dose],
    ['previous(d_at)', ['04 Nov 2021 08:00', '–', '03 Nov 2021 08:00', '–'], dose],
    ['next(d_mg)', ['–', '–', '30\u00A0mg', '–'], dose],
    ['hours between(previous(d_at), d_at)', ['24', '–', '24', '–'], dose],
    ['in_event(d_mg, "LOG")', ['10\u00A0mg']],
    ['in_event(d_mg, "LOG") + 1', ['11']],
    ['all_in(d_mg, "LOG")', ['10, 30, 99']],
  ];
  test.each(lines)('%s', (expression, worth, asked = subject) => {
    expect(say(expression, answers, asked)).toEqual(worth);
  });
});

describe('rows that hold the same answers', () => {
  const answers: Answers = {
    'SCR/ENR/s_consent': '1',
    'LOG/DOSE/1/d_at': '2021-11-04T08:00',
    'LOG/DOSE/1/d_route': 'SC',
    'LOG/DOSE/1/d_mg': '30.0',
    'LOG/DOSE/2/d_at': '2021-11-03T08:00',
    'LOG/DOSE/2/d_route': 'SC',
    'LOG/DOSE/2/d_mg': '30',
    'LOG/DOSE/3/d_at': '2021-11-04T08:00',
    'LOG/DOSE/3/d_route': 'PO',
    'LOG/DOSE/3/d_mg': '>30',
    'LOG/DOSE/4/d_route': 'SC',
    'LOG/DOSE/4/d_mg': 'ND',
  };
  const lines: readonly [expression: string, worth: readonly string[]][] = [
    // In the order of rows 1 to 4; each list in the order of time.
    ['alike(d_route).row', ['2, 1, 4', '2, 1, 4', '3', '2, 1, 4']],
    ['alike(d_at).row', ['1, 3', '2', '1, 3', '–']],
    ['alike(d_at, d_route).row', ['1', '2', '3', '–']],
    ['alike(d_mg).row', ['2, 1', '2, 1', '–', '–']],
    ['alike(d_at)[d_route = "PO"].d_mg', ['>30', '', '>30', '–']],
    ['some other in alike(d_route) satisfies other.d_mg > 20', ['yes', 'yes', 'yes', 'yes']],
  ];
  test.each(lines)('%s', (expression, worth) => {
    expect(say(expression, answers, dose)).toEqual(worth);
  });
  test('are looked at in the findings that rest on them', () => {
    const [finding] = findingsOf(
      [check({ ...dose, fires: 'count(alike(d_at)[d_route = "PO"]) = 1', items: ['d_mg'] })],
      answers,
    );
    expect(finding?.used.map((used) => `${String(used.row)} ${used.item}`)).toEqual([
      '1 d_at',
      '3 d_at',
      '1 d_route',
      '3 d_route',
    ]);
  });
});

describe('rows of several events', () => {
  const answers: Answers = {
    'SCR/ENR/s_consent': '1',
    'N2/NIGHT/n_bed': '2021-11-02T22:00',
    'N2/NIGHT/n_hours': '6',
    'N1/NIGHT/n_bed': '2021-11-01T22:00',
    'N1/NIGHT/n_hours': '7',
    'N7/NIGHT/n_hours': '8',
    'N1/NIGHT/1/w_minutes': '5',
    'N2/NIGHT/1/w_at': '2021-11-03T02:00',
    'N2/NIGHT/1/w_minutes': '7',
  };
  const lines: readonly [expression: string, worth: readonly string[], asked?: Asked][] = [
    ['all(n_hours)', ['7, 6, 8']],
    ['in_event(n_hours, "N2")', ['6\u00A0h']],
    ['in_event(n_hours, "N")', ['7\u00A0h']],
    ['all_in(n_hours, "N")', ['7, 6']],
    ['in_event(n_hours, "N3")', ['–']],
    ['rows(BED).event', ['N1, N2, N7']],
    ['rows(WAKE).w_minutes', ['7, 5']],
    ['rows(WAKE).n_hours', ['6, 7']],
    ['previous(n_hours)', ['–', '7\u00A0h', '–'], night],
    ['event', ['N1', 'N2', 'N7'], night],
    ['event_id', ['N', 'N', 'N7'], night],
    ['event_number', ['1', '2', '–'], night],
    ['event_kind', ['scheduled', 'scheduled', 'scheduled'], night],
    ['row', ['1', '1'], waking],
    ['at', ['–', '03 Nov 2021 02:00'], waking],
  ];
  test.each(lines)('%s', (expression, worth, asked = subject) => {
    expect(say(expression, answers, asked)).toEqual(worth);
  });
});

describe('a table dated by the head of its form', () => {
  const answers: Answers = {
    'SCR/ENR/s_consent': '1',
    'SCR/LAB/l_at': '2021-11-05T08:00',
    'SCR/LAB/1/l_test': 'iron',
    'SCR/LAB/1/l_value': '5',
    'SCR/LAB/1/l_unit': 'mg/L',
    'END/LAB/l_at': '2021-11-01T08:00',
    'END/LAB/1/l_test': 'iron',
    'END/LAB/1/l_value': '2',
    'END/LAB/1/l_unit': 'mg/L',
  };
  test('is in time order by that date', () => {
    expect(say('all(l_value)', answers)).toEqual(['2, 5']);
  });
  test('finds what came before a moment', () => {
    expect(say('before(l_value, date("2021-11-04")) + 0', answers)).toEqual(['2']);
  });
});

describe('what is said about an answer', () => {
  const answers: Answers = {
    'N1/NIGHT/n_hours': '>7.5',
    'N2/NIGHT/n_hours': 'ND',
    'N3/NIGHT/n_coffee': '1',
    'SCR/LAB/1/l_test': 'iron',
    'SCR/LAB/1/l_rel': '>',
    'SCR/LAB/1/l_value': '5',
    'SCR/LAB/1/l_unit': 'mg/dL',
  };
  const result: Asked = { each: 'row', group: 'RESULT' };
  const lines: readonly [expression: string, worth: readonly string[], asked?: Asked][] = [
    ['n_hours', ['>7.5\u00A0h', 'ND en (ND)', '–'], night],
    ['n_hours > 7', ['yes', '–', '–'], night],
    ['n_hours > 8', ['–', '–', '–'], night],
    ['n_hours = null', ['no', 'yes', 'yes'], night],
    ['is_typed(n_hours)', ['yes', 'yes', 'no'], night],
    ['missing_reason(n_hours)', ['–', 'ND', '–'], night],
    ['relation_of(n_hours)', ['>', '–', '–'], night],
    ['unit_of(n_hours)', ['h', '–', '–'], night],
    ['l_value > 40', ['yes'], result],
    ['l_value > 60', ['–'], result],
    ['raw(l_value) > 4', ['yes'], result],
    ['relation_of(l_value)', ['>'], result],
    ['unit_of(l_value)', ['mg/dL'], result],
    ['l_value', ['>5\u00A0mg/dL'], result],
  ];
  test.each(lines)('%s', (expression, worth, asked = subject) => {
    expect(say(expression, answers, asked)).toEqual(worth);
  });
});
