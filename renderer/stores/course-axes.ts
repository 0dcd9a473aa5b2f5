/** Names and axes of the parts of a picture. */
import type { TitleComponentOption } from 'echarts/components';
import type { CoursePanel } from '#shared/course-picture.ts';
import { leftPx, smallPx, type CourseDrawing, type TimeAxis, type ValueAxis } from './course-drawing.ts';
import type { BarBox, Box } from './course-layout.ts';
import type { Scale } from './course-scale.ts';

export function partTitle(
  { palette, words }: CourseDrawing,
  box: Box | undefined,
  text: string,
): TitleComponentOption {
  const isEmpty = box === undefined || box.height === 0;
  return {
    text: isEmpty ? `${text}: {none|${words.noValue}}` : text,
    left: leftPx,
    top: box?.titleTop ?? 0,
    padding: 0,
    textStyle: {
      fontSize: smallPx,
      fontWeight: 600,
      lineHeight: 14,
      color: palette.ink,
      rich: { none: { fontSize: smallPx, fontWeight: 400, color: palette.quiet } },
    },
  };
}

/** Only the last one has numbers; the others carry the lines of the days and the pointer. */
export function timeAxis(
  { palette, span, words }: CourseDrawing,
  ticks: readonly number[],
  gridIndex: number,
  isLast: boolean,
): TimeAxis {
  const common: TimeAxis = {
    type: 'value',
    gridIndex,
    min: span.from,
    max: span.to,
    axisLine: { show: true, onZero: false, lineStyle: { color: palette.grid } },
    axisTick: { show: isLast, customValues: [...ticks], lineStyle: { color: palette.quiet } },
    splitLine: { show: !isLast, lineStyle: { color: palette.grid, width: 0.5 } },
    axisLabel: {
      show: isLast,
      customValues: [...ticks],
      color: palette.quiet,
      fontSize: smallPx,
      formatter: signedDays,
    },
    axisPointer: {
      show: !isLast,
      type: 'line',
      triggerTooltip: false,
      label: { show: false },
      lineStyle: { color: palette.quiet, width: 1, type: 'solid' },
    },
  };
  if (!isLast) return common;
  return {
    ...common,
    name: words.axis,
    nameLocation: 'middle',
    nameGap: 20,
    nameTextStyle: { color: palette.quiet, fontSize: smallPx },
  };
}

export function valueAxis(
  { palette, language }: CourseDrawing,
  { panel }: CoursePanel,
  scale: Scale,
): ValueAxis {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 4 });
  return {
    type: panel.scale === 'log' ? 'log' : 'value',
    min: scale.from,
    max: scale.to,
    axisLine: { show: false },
    axisTick: { show: false, customValues: [...scale.ticks] },
    splitLine: { show: true, lineStyle: { color: palette.grid, width: 0.5 } },
    axisLabel: {
      customValues: [...scale.ticks],
      color: palette.quiet,
      fontSize: smallPx,
      formatter: (number: number) => numbers.format(number),
    },
    axisPointer: { show: false },
  };
}

/** Of the bars; null for the axis of time alone. */
export function laneAxis(box: BarBox | null): ValueAxis {
  return {
    type: 'value',
    min: 0,
    max: box?.laneCount ?? 1,
    inverse: true,
    show: false,
    axisPointer: { show: false },
  };
}

function signedDays(hours: number): string {
  const days = Math.round(hours / 24);
  return days === 0 ? '0' : `${days < 0 ? '\u2212' : '+'}${Math.abs(days)}`;
}
