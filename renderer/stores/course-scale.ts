/** Ends and ticks of the axes of a picture: few, round, and the same for the same values. */
import type { CoursePanel, CoursePicture } from '#shared/course-picture.ts';
import { marksOf } from './course-marks.ts';

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

const mostTicks = 3;
/** Steps of 1, 2, 5 from one power of ten to the next. */
const decade = 3;

/** null for a panel without values. */
export function valueScale({ panel, series }: CoursePanel): Scale | null {
  const values = series.flatMap(({ points }) => points.map((point) => point.number));
  if (values.length === 0) return null;
  const wanted = [
    ...values,
    ...panel.lines.map((line) => line.at),
    ...(panel.range === undefined ? [] : [panel.range.from, panel.range.to]),
  ];
  const from = Math.min(...wanted);
  const to = Math.max(...wanted);
  return panel.scale === 'log' ? logScale(from, to) : linearScale(from, to);
}

/** From one of 1, 2, 5, 10 … to another, a decade apart at least: a small change looks small in every child. */
function logScale(from: number, to: number): Scale {
  const lowest = Math.floor(Math.log10(from)) - 2;
  const highest = Math.ceil(Math.log10(to)) + 2;
  const round = Array.from({ length: highest - lowest + 1 }, (_, position) => lowest + position).flatMap(
    (power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
  );
  // A little air, so that no mark lies on the edge.
  let start = Math.max(
    0,
    round.findLastIndex((number) => number <= from / 1.12),
  );
  let end = round.findIndex((number) => number >= to * 1.12);
  while (end - start < decade) {
    if (end % 3 !== 0) end += 1;
    else start -= 1;
  }
  const within = round.slice(start, end + 1);
  const powers = within.filter((_, position) => (start + position) % 3 === 0);
  return {
    from: within[0] ?? from,
    to: within.at(-1) ?? to,
    ticks: thin(powers.length >= 2 ? powers : within.filter((_, position) => position % 2 === 0)),
  };
}

function linearScale(from: number, to: number): Scale {
  const span = to - from || Math.abs(to) || 1;
  const step = roundStep(span / mostTicks);
  const low = from - span * 0.04;
  const high = to + span * 0.04;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step)
    ticks.push(Number(tick.toPrecision(12)));
  return { from: low, to: high, ticks };
}

function roundStep(about: number): number {
  const power = 10 ** Math.floor(Math.log10(about));
  return ([1, 2, 5, 10].find((digit) => digit * power >= about) ?? 10) * power;
}

function thin(ticks: readonly number[]): readonly number[] {
  const every = Math.ceil(ticks.length / mostTicks);
  return ticks.filter((_, position) => (ticks.length - 1 - position) % every === 0);
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** From the first to the last thing that is drawn, the anchor and the windows included, with a little air. */
export function wholeCourse(course: CoursePicture): Span {
  const hours = [
    0,
    ...marksOf(course).flatMap((mark) => [mark.from, mark.to ?? mark.from]),
    ...course.windows.flatMap((window) => [window.from, window.to]),
  ];
  const from = Math.min(...hours);
  const to = Math.max(...hours);
  const air = (to - from) * 0.03;
  return { from: from - air, to: to + air };
}

const dayHours = 24;
/** What a number of days takes below the axis, with some air. */
const tickPx = 32;
/** Days between two ticks, from the closest to the widest. */
const daySteps = [1, 2, 5, 7, 14, 28, 56, 91, 182, 364] as const;

/** Whole days from the anchor, as many as there is room for. */
export function timeTicks(span: Span, widthPx: number): readonly number[] {
  const room = Math.max(2, Math.floor(widthPx / tickPx));
  const days = (span.to - span.from) / dayHours;
  const step = daySteps.find((candidate) => days / candidate <= room) ?? Math.ceil(days / room);
  const ticks: number[] = [];
  for (let day = Math.ceil(span.from / dayHours / step) * step; day * dayHours <= span.to; day += step)
    // The anchor itself is 0, never −0.
    ticks.push(day * dayHours || 0);
  return ticks;
}
