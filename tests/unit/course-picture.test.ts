/** What the study with dose and troponin can't show: dates without a time, and another study's picture. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawCourse } from '#shared/course-picture.ts';
import type { RecordedValue } from '#shared/record.ts';
import { createStudyModel } from '#shared/study-model.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { readStudyFiles } from '../../electron/study-files.ts';
import { withPlainSpaces } from './plain-spaces.ts';
import { sleepDiary } from './studies/folders.ts';

const { study } = readStudyFiles(sleepDiary);
if (study === null) throw new Error(`${path.basename(sleepDiary)} has faults`);
const { model } = createStudyModel(study);

function answer(item: string, text: string, row: number, more: Partial<RecordedValue> = {}): RecordedValue {
  const number = Number(text);
  return {
    event: 'JOURNAL',
    form: 'SAMPLE',
    row,
    item,
    text,
    number: Number.isNaN(number) ? null : number,
    relation: null,
    unit: null,
    precision: null,
    missing: null,
    version: 1,
    derived: false,
    parked: false,
    ...more,
  };
}
function sample(row: number, at: string, value: string): readonly RecordedValue[] {
  return [
    answer('sample_at', at, row),
    answer('sample_assay', 'mel', row),
    answer('sample_value', value, row),
    answer('sample_unit', 'pg/mL', row),
    answer('sample_rel', '<', row),
  ];
}
function pictureOf(values: readonly RecordedValue[]): ReturnType<typeof drawCourse> {
  const [picture] = model.study.pictures;
  if (picture === undefined) throw new Error('the study has no picture');
  return withPlainSpaces(
    drawCourse(indexSubject(model, { subject: '01-S01', site: '01', forms: [], values }), picture),
  );
}

describe('a date without a time', () => {
  test('has no place on an axis of hours', () => {
    const picture = pictureOf([...sample(1, '2021-11-03T22:00', '12'), ...sample(2, '2021-11-04', '15')]);
    expect(picture.panels[1]?.series[0]?.points.map(({ hours }) => hours)).toEqual([0]);
    expect(picture.unplaced).toMatchObject([
      { reason: 'day-only', at: '2021-11-04', shown: { en: '<15 pg/mL' } },
    ]);
  });

  test('is nothing that hours can be counted from', () => {
    const picture = pictureOf([...sample(1, '2021-11-03', '12'), ...sample(2, '2021-11-04T08:00', '15')]);
    expect(picture.anchor).toMatchObject({ state: 'anchor-day', minute: null });
    expect(picture.unplaced.map(({ reason }) => reason)).toEqual(['day-only', 'anchor-day']);
    expect(picture.windows).toEqual([]);
  });
});

test('another unit is converted by its factor, even where the number stays', () => {
  const [point] = pictureOf(sample(1, '2021-11-03T22:00', '12')).panels[1]?.series[0]?.points ?? [];
  expect(point).toMatchObject({ number: 12, relation: '<', standard: { en: '<12 ng/L' } });
});

test('the rows of a form that does not repeat are bars too', () => {
  const night = (item: string, text: string): RecordedValue =>
    answer(item, text, 1, { event: 'N2', form: 'NIGHT' });
  const picture = pictureOf([
    ...sample(1, '2021-11-03T22:00', '12'),
    night('night_bed', '2021-11-04T23:00'),
    night('night_up', '2021-11-05T06:30'),
  ]);
  expect(picture.bars[0]?.drawn).toMatchObject([{ from: 25, to: 32.5, end: 'known', amount: null }]);
});

test('an empty subject has an empty picture', () => {
  const picture = pictureOf([]);
  expect(picture.anchor.state).toBe('no-anchor');
  expect([...picture.unplaced, ...picture.windows, ...picture.bars.flatMap(({ drawn }) => drawn)]).toEqual(
    [],
  );
});
