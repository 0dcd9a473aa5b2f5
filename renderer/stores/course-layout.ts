/** Where the parts of a picture stand, in pixels from its top; known before anything is drawn, so that nothing jumps. */
import type { CourseBar, CoursePicture } from '#shared/course-picture.ts';

const titlePx = 16;
const panelPx = 50;
const lanePx = 15;
/** A lane of moments has their amounts above them. */
const momentLanePx = 26;
const gapPx = 9;
const axisPx = 34;

export interface Box {
  /** Of the line with the name. */
  readonly titleTop: number;
  readonly top: number;
  /** 0 when there is nothing to draw: the name stands alone. */
  readonly height: number;
}
export interface BarBox extends Box {
  /** By position of the bar: bars that overlap stand under each other. */
  readonly lanes: readonly number[];
  readonly laneCount: number;
}
export interface CourseLayout {
  readonly panels: readonly Box[];
  readonly bars: readonly BarBox[];
  /** Where the axis of time begins. */
  readonly bottom: number;
  readonly height: number;
}

export function layOut(course: CoursePicture): CourseLayout {
  let next = 0;
  const box = (height: number): Box => {
    const titleTop = next;
    next += titlePx + height + gapPx;
    return { titleTop, top: titleTop + titlePx, height };
  };
  const panels = course.panels.map(({ panel, series }) =>
    box(series.every(({ points }) => points.length === 0) ? 0 : panel.height * panelPx),
  );
  const bars = course.bars.map(({ bars: { end }, drawn }): BarBox => {
    const lanes = lanesOf(drawn);
    const laneCount = Math.max(0, ...lanes.map((lane) => lane + 1));
    return { ...box(laneCount * (end === undefined ? momentLanePx : lanePx)), lanes, laneCount };
  });
  const bottom = next;
  return { panels, bars, bottom, height: bottom + axisPx };
}

/** Each bar in the first lane that is free when it starts. */
export function lanesOf(bars: readonly CourseBar[]): readonly number[] {
  const ends: number[] = [];
  return bars.map((bar) => {
    const free = ends.findIndex((end) => end <= bar.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = bar.end === 'ongoing' ? Number.POSITIVE_INFINITY : (bar.to ?? bar.from);
    return lane;
  });
}
