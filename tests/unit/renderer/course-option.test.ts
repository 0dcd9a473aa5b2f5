import { describe, expect, it, test } from 'vitest';
import type { CoursePicture } from '#shared/course-picture.ts';
import { lineOfId, type CourseOption } from '../../../renderer/stores/course-drawing.ts';
import { courseOption } from '../../../renderer/stores/course-option.ts';
import { bar, panel, picture, point } from './course-figures.ts';

const palette = {
  ink: 'ink',
  quiet: 'quiet',
  grid: 'grid',
  surface: 'surface',
  line: 'line',
  second: 'second',
  band: 'band',
  bar: 'bar',
  font: 'font',
};
function optionOf(course: CoursePicture, span = { from: -96, to: 216 }): CourseOption {
  const words = { axis: 'days', noValue: 'no value', tip: (line: number, at: number) => `${line}/${at}` };
  return courseOption({ course, span, language: 'fr', palette, widthPx: 400, words });
}
const seriesOf = (option: CourseOption): readonly NonNullable<CourseOption['series']>[] =>
  [option.series ?? []].flat();

const course = picture(
  [panel('linear', [point(-4, 38.5), point(47, 55, '>'), point(168, 62)]), panel('log', [point(0, 5, '<')])],
  [[bar(0, null)], []],
  [{ event: 'E2', name: { en: 'w', fr: 'w' }, from: 36, to: 60 }],
);
const option = optionOf(course);

it('moves nothing and writes no HTML', () => {
  expect(option).toMatchObject({
    animation: false,
    tooltip: { renderMode: 'richText', transitionDuration: 0 },
  });
});

it('joins every part to one axis of time', () => {
  const axes = [option.xAxis ?? []].flat();
  // Two panels, one treatment, and the numbers below.
  expect(axes).toHaveLength(4);
  expect(axes.map(({ min, max }) => [min, max])).toEqual(axes.map(() => [-96, 216]));
});

test('an exact value is a filled mark, a bound an open triangle towards where the value lies', () => {
  const scatters = seriesOf(option).filter((one) => 'type' in one && one.type === 'scatter');
  expect(scatters).toMatchObject([
    {
      id: 'line-0',
      data: [
        { value: [-4, 38.5], symbol: 'circle', itemStyle: { color: 'line' } },
        {
          value: [47, 55],
          symbol: 'triangle',
          symbolRotate: 0,
          itemStyle: { color: 'surface', borderColor: 'line' },
        },
        { value: [168, 62], symbol: 'circle' },
      ],
    },
    { id: 'line-1', data: [{ value: [0, 5], symbol: 'triangle', symbolRotate: 180 }] },
  ]);
});

test('the line to a bound is dashed', () => {
  const lines = seriesOf(option).filter((one) => 'lineStyle' in one);
  expect(lines.slice(0, 2)).toMatchObject([
    { lineStyle: { type: 'solid' }, data: [] },
    {
      lineStyle: { type: 'dashed' },
      data: [
        [-4, 38.5],
        [47, 55],
        [47, null],
        [47, 55],
        [168, 62],
        [168, null],
      ],
    },
  ]);
});

test('a part without values says so beside its name', () => {
  expect([option.title ?? []].flat().map(({ text }) => text)).toEqual([
    'linear, ng/L',
    'log, ng/L',
    'bars 0, mg',
    'bars 1, mg: {none|no value}',
  ]);
});

describe('a window', () => {
  const named = (name: string): unknown => ({ markArea: { data: [[{ name, xAxis: 36 }, { xAxis: 60 }]] } });
  const windows = (drawn: CourseOption): readonly unknown[] =>
    seriesOf(drawn).filter((one) => 'markArea' in one);
  it('is named once, at the top', () =>
    expect(windows(option)).toMatchObject([named('E2'), named(''), named('')]));
  it('that is too narrow for its name has none', () =>
    expect(windows(optionOf(course, { from: -96, to: 4400 }))).toMatchObject([
      named(''),
      named(''),
      named(''),
    ]));
});

test('only what is a value or a treatment leads to a form', () => {
  expect(
    seriesOf(option).map((one) => ('id' in one && typeof one.id === 'string' ? lineOfId(one.id) : null)),
  ).toEqual([null, null, null, 0, null, null, null, 1, null, 2]);
});
