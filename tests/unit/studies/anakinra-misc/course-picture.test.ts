/** The course of a child as the study's picture has it: what is drawn where, and what is not drawn and why. */
import { describe, expect, test } from 'vitest';
import { drawCourse, type CoursePicture } from '#shared/course-picture.ts';
import { withPlainSpaces } from '../../plain-spaces.ts';
import { settleChild, type Given, type Row } from '../scenario.ts';
import { boy, course, dose, infusion, missedDose, now, t0 } from './children.ts';
import { model, study } from './study.ts';

function pictureOf(given: Given): CoursePicture {
  const [picture] = study.pictures;
  if (picture === undefined) throw new Error('the study has no picture');
  return withPlainSpaces(drawCourse(settleChild(model, { ...boy, ...given }, { now }), picture));
}
const treated = { ANX: [dose(t0)] };
const lab = (test: string, value: string, at = '2021-11-03 06:00'): Row => ({
  lb_dt: at,
  lb_test: test,
  lb_val: value,
});

/** "label hours: shown" of every point. */
function pointsOf(picture: CoursePicture): readonly string[] {
  return picture.panels.flatMap(({ series }) =>
    series.flatMap((one) =>
      one.points.map((point) => `${one.series.label.en} ${point.hours} h: ${point.shown.en}`),
    ),
  );
}
function barsOf(picture: CoursePicture): readonly string[] {
  return picture.bars.flatMap(({ bars, drawn }) =>
    drawn.map((bar) => `${bars.label.en} ${bar.from}…${bar.to ?? bar.end}: ${bar.shown.en}`),
  );
}
function unplacedOf(picture: CoursePicture): readonly string[] {
  return picture.unplaced.map(({ label, shown, reason }) => `${label.en} ${shown.en}: ${reason}`);
}

describe('values', () => {
  test('stand at their hours from the first dose, from every event, in time order', () => {
    const picture = pictureOf({
      ...treated,
      'EC@H48': [{ ec_dt: '2021-11-05 09:30', ec_ef: '58.0' }],
      'EC@PRE': [{ ec_dt: '2021-11-03 06:00', ec_ef: '38,5' }],
    });
    expect(pointsOf(picture)).toEqual(['LVEF -4 h: 38.5%', 'LVEF 47.5 h: 58.0%']);
    expect(picture.panels[0]?.series[0]?.points.map(({ place }) => place)).toEqual([
      { event: 'PRE', form: 'EC', row: 1, item: 'ec_ef' },
      { event: 'H48', form: 'EC', row: 1, item: 'ec_ef' },
    ]);
  });

  test('known only to lie above keep their relation and their text', () => {
    const picture = pictureOf({ ...treated, 'LB@PRE': [lab('ntbnp', '>35000 ng/L')] });
    const point = picture.panels.flatMap(({ series }) => series).flatMap(({ points }) => points)[0];
    expect(point).toMatchObject({
      number: 35000,
      relation: '>',
      shown: { fr: '>35000 ng/L' },
      standard: null,
    });
  });

  test('are drawn in the storage unit and told as reported', () => {
    const picture = pictureOf({ ...treated, 'LB@PRE': [lab('tni', '<0,14 ng/mL')] });
    const point = picture.panels.flatMap(({ series }) => series).flatMap(({ points }) => points)[0];
    expect(point).toMatchObject({
      number: 140,
      relation: '<',
      shown: { en: '<0.14 ng/mL', fr: '<0,14 ng/mL' },
      standard: { en: '<140 ng/L', fr: '<140 ng/L' },
    });
  });

  test('of two troponin assays are two series', () => {
    const picture = pictureOf({
      ...treated,
      'LB@PRE': [lab('tni', '410 ng/L'), lab('tnt', '90 ng/L')],
    });
    expect(pointsOf(picture)).toEqual(['hs-troponin I -4 h: 410 ng/L', 'hs-troponin T -4 h: 90 ng/L']);
  });

  test('that are missing are neither drawn nor listed', () => {
    const picture = pictureOf({
      ...treated,
      'LB@PRE': [{ lb_dt: '2021-11-03 06:00', lb_test: 'crp', lb_miss: 'PD' }],
      'EC@PRE': [{ ec_dt: '2021-11-03 06:00', ec_ef: 'ND' }],
    });
    expect([pointsOf(picture), unplacedOf(picture)]).toEqual([[], []]);
  });
});

describe('what has no place on the axis is listed with its reason', () => {
  const lines: readonly [what: string, given: Given, expected: readonly string[]][] = [
    ['no dose yet', { 'LB@SCR': [lab('crp', '174 mg/L')] }, ['CRP 174 mg/L: no-anchor']],
    [
      'a planned dose that was not given is no first dose',
      { ANX: [missedDose(t0)], 'LB@SCR': [lab('crp', '174 mg/L')] },
      ['CRP 174 mg/L: no-anchor', 'Anakinra Medical decision: no-anchor'],
    ],
    [
      'a sample without a time',
      { ...treated, 'LB@PRE': [lab('crp', '246 mg/L', 'NK')] },
      ['CRP 246 mg/L: no-time'],
    ],
    ['a number without a unit', { ...treated, 'LB@PRE': [lab('crp', '246')] }, ['CRP 246: unit']],
    ['a unit without a factor', { ...treated, 'LB@PRE': [lab('crp', '246 U/L')] }, ['CRP 246 U/L: unit']],
    [
      'zero on a logarithmic axis',
      { ...treated, 'LB@PRE': [lab('crp', '0 mg/L')] },
      ['CRP 0 mg/L: not-positive'],
    ],
    [
      'normal and not quantified',
      { ...treated, 'EC@PRE': [{ ec_dt: '2021-11-03 06:00', ec_efnq: '1' }] },
      ['LVEF LVEF “normal”, not quantified: no-number'],
    ],
    [
      'a treatment that ends before it starts',
      { ...treated, IG: [{ ...infusion, ig_edt: '2021-11-01 20:00' }] },
      ['IVIG 64 g: end-first'],
    ],
  ];
  test.each(lines)('%s', (_, given, expected) => {
    expect(unplacedOf(pictureOf(given))).toEqual(expected);
  });

  test('and is not drawn', () => {
    for (const [, given] of lines) expect(pointsOf(pictureOf(given))).toEqual([]);
  });
});

describe('treatments', () => {
  test('are marks where they have no end and bars where they have one', () => {
    expect(barsOf(pictureOf({ ...treated, IG: [infusion] }))).toEqual([
      'Anakinra 0…none: 100 mg',
      'IVIG -26…-14: 64 g',
    ]);
  });

  test('that go on have no end, and those whose end is not recorded say so', () => {
    const given = (more: Row): Given => ({ ...treated, CS: [{ ...course, ...more }] });
    expect(barsOf(pictureOf(given({ cs_ong: '1' })))).toContain(
      'Corticosteroids -26…ongoing: Prednisolone, 60 mg/d',
    );
    expect(barsOf(pictureOf(given({})))).toContain('Corticosteroids -26…unknown: Prednisolone, 60 mg/d');
  });

  test('planned and not given are told apart from doses', () => {
    const [anakinra] = pictureOf({ ANX: [dose(t0), missedDose('2021-11-04 10:00')] }).bars;
    expect(anakinra?.drawn.map(({ from, isGiven, amount }) => [from, isGiven, amount?.en ?? null])).toEqual([
      [0, true, '100'],
      [24, false, null],
    ]);
  });

  test('that are no longer asked for, because none was given, are not drawn', () => {
    expect(barsOf(pictureOf({ ...treated, IG: [{ ...infusion, ig_given: '0' }] }))).toEqual([
      'Anakinra 0…none: 100 mg',
    ]);
  });
});

test('the 48 h window is that of the visit', () => {
  expect(pictureOf(treated).windows).toMatchObject([{ event: 'H48', from: 36, to: 60 }]);
});

test('what the picture shows is marked as a proposal of the definition', () => {
  expect(study.pictures.every((picture) => picture.convention)).toBe(true);
});
