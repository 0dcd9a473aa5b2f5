/** Pictures to lay out, without a study behind them. */
import type { CourseBar, CoursePicture, CoursePoint } from '#shared/course-picture.ts';
import type { Text } from '#shared/study.ts';
import type { PicturePanel } from '#shared/study-picture.ts';

export const both = (text: string): Text => ({ en: text, fr: text });
const place = { event: 'E', form: 'F', row: 1, item: 'i' };

export function point(hours: number, number: number, relation: CoursePoint['relation'] = '='): CoursePoint {
  const sign = relation === '=' ? '' : relation;
  return { hours, number, relation, standard: null, shown: both(`${sign}${number}`), at: null, place };
}
export function bar(from: number, to: number | null, more: Partial<CourseBar> = {}): CourseBar {
  return {
    from,
    to,
    end: to === null ? 'none' : 'known',
    isGiven: true,
    name: null,
    amount: both('65'),
    shown: both('65 mg'),
    at: null,
    place,
    ...more,
  };
}
export function panel(
  scale: PicturePanel['scale'],
  points: readonly CoursePoint[],
  more: Partial<PicturePanel> = {},
): CoursePicture['panels'][number] {
  const series = [{ label: both(scale), item: 'i' }];
  return {
    panel: { id: scale, label: both(scale), scale, height: 1, lines: [], series, ...more },
    unit: 'ng/L',
    series: series.map((one) => ({ series: one, points })),
  };
}
export function picture(
  panels: CoursePicture['panels'],
  bars: readonly (readonly CourseBar[])[] = [],
  windows: CoursePicture['windows'] = [],
): CoursePicture {
  const definitions = bars.map((drawn, position) => ({
    bars: {
      id: `b${position}`,
      label: both(`bars ${position}`),
      group: 'g',
      start: 's',
      amounts: ['a'],
      ...(drawn.some(({ end }) => end !== 'none') ? { end: 'e' } : {}),
    },
    unit: 'mg',
    drawn,
  }));
  return {
    picture: {
      id: 'p',
      title: both('title'),
      anchor: 'A',
      views: [],
      windows: [],
      panels: [],
      bars: [],
      source: 'test',
    },
    anchor: { name: both('First dose'), minute: 0, state: 'known' },
    panels,
    bars: definitions,
    windows,
    unplaced: [],
  };
}
