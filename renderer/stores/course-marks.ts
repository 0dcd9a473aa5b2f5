/** Everything that a picture draws, as one list: what a hand points at, a keyboard walks and a table says. */
import type { Step } from './arrow-steps.ts';
import type { CourseBar, CoursePicture, CoursePoint } from '#shared/course-picture.ts';
import type { ValuePlace } from '#shared/record.ts';
import type { Text } from '#shared/study.ts';

export interface CourseMark {
  /** The series or the treatment, counted from the top. */
  readonly line: number;
  readonly label: Text;
  readonly shown: Text;
  readonly standard: Text | null;
  readonly at: string | null;
  readonly from: number;
  /** null for a moment, and where the end is not known. */
  readonly to: number | null;
  readonly end: CourseBar['end'];
  readonly isGiven: boolean;
  readonly place: ValuePlace;
}

/** From the top down, each line in time order. */
export function marksOf(course: CoursePicture): readonly CourseMark[] {
  const series = course.panels.flatMap((panel) => panel.series);
  return [
    ...series.flatMap(({ series: { label }, points }, line) =>
      points.map((point) => ofPoint(point, label, line)),
    ),
    ...course.bars.flatMap(({ bars: { label }, drawn }, position) =>
      drawn.map((bar) => ofBar(bar, label, series.length + position)),
    ),
  ];
}

/** Whether any of it lies between two hours. */
export function isWithin(mark: CourseMark, from: number, to: number): boolean {
  const last = mark.end === 'ongoing' ? Number.POSITIVE_INFINITY : (mark.to ?? mark.from);
  return mark.from <= to && last >= from;
}

/** Sideways along the line; up and down to the mark of the next line that is nearest in time. */
export function walkMarks(
  marks: readonly CourseMark[],
  from: CourseMark | null,
  step: Step,
): CourseMark | null {
  const first = marks[0] ?? null;
  if (from === null || !marks.includes(from)) return first;
  const line = marks.filter((mark) => mark.line === from.line);
  const position = line.indexOf(from);
  switch (step) {
    case 'left':
      return line[position - 1] ?? from;
    case 'right':
      return line[position + 1] ?? from;
    case 'first':
      return line[0] ?? from;
    case 'last':
      return line.at(-1) ?? from;
    case 'up':
    case 'down': {
      const lines = marks
        .map((mark) => mark.line)
        .filter((other) => (step === 'up' ? other < from.line : other > from.line));
      if (lines.length === 0) return from;
      const next = step === 'up' ? Math.max(...lines) : Math.min(...lines);
      return (
        nearest(
          marks.filter((mark) => mark.line === next),
          from.from,
        ) ?? from
      );
    }
  }
}

function nearest(marks: readonly CourseMark[], hours: number): CourseMark | null {
  return marks.reduce<CourseMark | null>(
    (best, mark) =>
      best === null || Math.abs(mark.from - hours) < Math.abs(best.from - hours) ? mark : best,
    null,
  );
}

function ofPoint(point: CoursePoint, label: Text, line: number): CourseMark {
  const { shown, standard, at, hours, place } = point;
  return { line, label, shown, standard, at, from: hours, to: null, end: 'none', isGiven: true, place };
}

function ofBar(bar: CourseBar, label: Text, line: number): CourseMark {
  const { shown, at, from, to, end, isGiven, place } = bar;
  return { line, label, shown, standard: null, at, from, to, end, isGiven, place };
}
