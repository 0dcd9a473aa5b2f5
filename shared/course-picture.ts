/**
 * A picture of the study filled from one subject's answers: points and bars in hours from the anchor.
 *
 * Nothing is drawn that is not known: what has no place on the axis comes back in `unplaced`, with the reason.
 *
 * | reason        | what is wrong                                                               |
 * |---------------|-----------------------------------------------------------------------------|
 * | no-anchor     | the moment that hours are counted from has not come, or is not recorded     |
 * | anchor-day    | that moment is known to the day only                                        |
 * | no-time       | the row has no date                                                         |
 * | day-only      | the date is known to the day, the month or the year only                    |
 * | unit          | the unit is missing or has no factor to the storage unit of this analyte    |
 * | no-number     | there is an answer in place of a number ("normal, not quantified")          |
 * | not-positive  | zero or less has no place on a logarithmic axis                             |
 * | end-first     | the treatment ends before it starts                                         |
 *
 * A missing value (not done, pending) is no value: it is neither drawn nor listed.
 */
import { collectBars } from './course-picture/bars.ts';
import { pictureAnchor, type PictureAnchor } from './course-picture/anchor.ts';
import { collectPoints } from './course-picture/points.ts';
import type { Relation, ValuePlace } from './record.ts';
import type { Picture, PictureBars, PicturePanel, PictureSeries } from './study-picture.ts';
import type { SubjectIndex } from './subject-index.ts';
import type { Text } from './study.ts';
import { windowOf } from './study-scope/windows.ts';

export type { PictureAnchor } from './course-picture/anchor.ts';

export type Unplaceable =
  'no-anchor' | 'anchor-day' | 'no-time' | 'day-only' | 'unit' | 'no-number' | 'not-positive' | 'end-first';

/** An answer as it was given, and where it stands. */
export interface ReportedAnswer {
  readonly shown: Text;
  /** The date of its row as recorded, ISO 8601 of any precision; null when there is none. */
  readonly at: string | null;
  readonly place: ValuePlace;
}
export interface CoursePoint extends ReportedAnswer {
  readonly hours: number;
  /** In the unit of the panel. */
  readonly number: number;
  readonly relation: Relation;
  /** The number in the unit of the panel as a person reads it; null when it was reported in that unit. */
  readonly standard: Text | null;
}
export interface CourseBar extends ReportedAnswer {
  readonly from: number;
  /** null when the end is not known, or has not come. */
  readonly to: number | null;
  readonly end: 'known' | 'none' | 'ongoing' | 'unknown';
  /** False: planned for that time and not given. */
  readonly isGiven: boolean;
  readonly name: Text | null;
  /** The first amount, without its unit; null when none is recorded. */
  readonly amount: Text | null;
}
export interface UnplacedAnswer extends ReportedAnswer {
  /** Of the series or the bars that it would belong to. */
  readonly label: Text;
  readonly reason: Unplaceable;
}

export interface CourseSeries {
  readonly series: PictureSeries;
  /** In time order. */
  readonly points: readonly CoursePoint[];
}
export interface CoursePanel {
  readonly panel: PicturePanel;
  /** UCUM; null for numbers without one. */
  readonly unit: string | null;
  readonly series: readonly CourseSeries[];
}
export interface CourseBars {
  readonly bars: PictureBars;
  /** Of the amount that is written at a bar. */
  readonly unit: string | null;
  readonly drawn: readonly CourseBar[];
}
export interface CourseWindow {
  readonly event: string;
  readonly name: Text;
  readonly from: number;
  readonly to: number;
}
export interface CoursePicture {
  readonly picture: Picture;
  readonly anchor: PictureAnchor;
  readonly panels: readonly CoursePanel[];
  readonly bars: readonly CourseBars[];
  readonly windows: readonly CourseWindow[];
  readonly unplaced: readonly UnplacedAnswer[];
}

export function drawCourse(index: SubjectIndex, picture: Picture): CoursePicture {
  const anchor = pictureAnchor(index, picture.anchor);
  const unplaced: UnplacedAnswer[] = [];
  const panels = picture.panels.map((panel): CoursePanel => {
    const series = panel.series.map((one) => collectPoints(index, anchor, panel, one));
    unplaced.push(...series.flatMap((one) => one.unplaced));
    return {
      panel,
      unit: series[0]?.unit ?? null,
      series: series.map(({ series: of, points }) => ({ series: of, points })),
    };
  });
  const bars = picture.bars.map((of): CourseBars => {
    const collected = collectBars(index, anchor, of);
    unplaced.push(...collected.unplaced);
    return { bars: of, unit: collected.unit, drawn: collected.drawn };
  });
  return { picture, anchor, panels, bars, windows: windowsOf(index, anchor, picture.windows), unplaced };
}

function windowsOf(
  index: SubjectIndex,
  anchor: PictureAnchor,
  events: readonly string[],
): readonly CourseWindow[] {
  if (anchor.minute === null) return [];
  const start = anchor.minute;
  return events
    .flatMap((event) => index.model.instancesOf(event))
    .flatMap((instance) => {
      const window = windowOf(index, instance);
      if (window === null) return [];
      const hours = (minute: number): number => (minute - start) / 60;
      return [
        {
          event: instance.id,
          name: instance.event.name,
          from: hours(window.first),
          to: hours(window.last),
        },
      ];
    });
}
