/** What the parts of a drawing of the course need to know of each other. */
import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TitleComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { CoursePicture } from '#shared/course-picture.ts';
import type { Language } from '#shared/study.ts';
import type { Span } from './course-scale.ts';

export type SeriesOption = LineSeriesOption | ScatterSeriesOption | CustomSeriesOption;
export type CourseOption = ComposeOption<
  SeriesOption | GridComponentOption | TitleComponentOption | TooltipComponentOption
>;
export type TimeAxis = Extract<CourseOption['xAxis'], readonly unknown[]>[number];
export type ValueAxis = Extract<CourseOption['yAxis'], readonly unknown[]>[number];

/** Colours and font of the page as they are now: the drawing can't read the tokens of the theme itself. */
export interface CoursePalette {
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly surface: string;
  readonly line: string;
  readonly second: string;
  readonly band: string;
  readonly bar: string;
  readonly font: string;
}
export interface CourseDrawing {
  readonly course: CoursePicture;
  readonly span: Span;
  readonly language: Language;
  readonly palette: CoursePalette;
  readonly widthPx: number;
  readonly words: {
    readonly axis: string;
    readonly noValue: string;
    /** Of the mark at this position of its line. */
    readonly tip: (line: number, position: number) => string;
  };
}

/** Room for the numbers of the value axis, and for half a number of the time axis. */
export const leftPx = 48;
export const rightPx = 12;
export const smallPx = 11;

export function plotPx({ widthPx }: CourseDrawing): number {
  return Math.max(0, widthPx - leftPx - rightPx);
}
export function idOfLine(line: number): string {
  return `line-${line}`;
}
/** null for what carries no marks. */
export function lineOfId(id: string | undefined): number | null {
  return id?.startsWith('line-') === true ? Number(id.slice(5)) : null;
}
