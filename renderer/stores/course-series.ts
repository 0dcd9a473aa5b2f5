/**
 * The values of a panel. An exact value is a filled mark; one that is only known to lie above or below is an open
 * triangle that points there, and the line to it is dashed.
 */
import type { LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { CoursePanel, CoursePoint } from '#shared/course-picture.ts';
import { localNumber, showRelation } from '#shared/item-value/number.ts';
import { idOfLine, plotPx, smallPx, type CourseDrawing, type SeriesOption } from './course-drawing.ts';

/** Narrower than this, the name of a window would stand over its neighbours; the legend names it too. */
const namedWindowPx = 16;

/** Carries what belongs to a part and to no value: the anchor, the windows, the reference lines. */
export function frame(
  drawing: CourseDrawing,
  panel: CoursePanel | null,
  hasNames: boolean,
): LineSeriesOption {
  const { course, palette, language, span } = drawing;
  const widthPx = (hours: number): number => (hours / (span.to - span.from)) * plotPx(drawing);
  return {
    type: 'line',
    data: [],
    silent: true,
    markArea: {
      silent: true,
      itemStyle: { color: palette.band },
      label: { position: 'top', distance: 2, color: palette.quiet, fontSize: smallPx },
      data: course.windows.map(({ event, from, to }) => [
        { name: hasNames && widthPx(to - from) >= namedWindowPx ? event : '', xAxis: from },
        { xAxis: to },
      ]),
    },
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      data: [
        { xAxis: 0, lineStyle: { color: palette.quiet, type: 'solid', width: 1 }, label: { show: false } },
        ...(panel?.panel.lines ?? []).map(({ at, label }) => ({
          yAxis: at,
          lineStyle: { color: palette.ink, type: 'dashed' as const, width: 1 },
          label: {
            position: 'insideStartTop' as const,
            distance: 2,
            color: palette.ink,
            fontSize: smallPx,
            formatter: label[language],
          },
        })),
      ],
    },
  };
}

/** `firstLine`: the line of the panel's first series. */
export function valueSeries(
  drawing: CourseDrawing,
  { panel, series }: CoursePanel,
  firstLine: number,
): readonly SeriesOption[] {
  return series.flatMap(({ points }, of) => {
    const color = of === 0 ? drawing.palette.line : drawing.palette.second;
    return [
      stretches(points, color, false),
      stretches(points, color, true),
      marks(drawing, points, { color, of, line: firstLine + of, hasNumbers: panel.height > 1 }),
    ];
  });
}

interface Look {
  readonly color: string;
  /** Position of the series in its panel: the second has squares. */
  readonly of: number;
  readonly line: number;
  /** A high panel has room for the numbers themselves. */
  readonly hasNumbers: boolean;
}

function marks(
  { palette, language }: CourseDrawing,
  points: readonly CoursePoint[],
  look: Look,
): ScatterSeriesOption {
  return {
    type: 'scatter',
    id: idOfLine(look.line),
    z: 6,
    cursor: 'pointer',
    itemStyle: { opacity: 1 },
    label: {
      show: look.hasNumbers,
      position: 'top',
      distance: 4,
      color: palette.ink,
      fontSize: smallPx,
      textBorderColor: palette.surface,
      textBorderWidth: 4,
      formatter: ({ dataIndex }) => {
        const point = points[dataIndex];
        return point === undefined
          ? ''
          : `${showRelation(point.relation)}${localNumber(String(point.number), language)}`;
      },
    },
    labelLayout: { hideOverlap: true },
    emphasis: { scale: 1.6, itemStyle: { borderColor: palette.ink, borderWidth: 1.5 } },
    data: points.map((point) => ({
      value: [point.hours, point.number],
      ...shapeOf(point, look, palette.surface),
    })),
  };
}

function shapeOf(
  { relation }: CoursePoint,
  { of, color }: Look,
  surface: string,
): {
  readonly symbol: string;
  readonly symbolSize: number | number[];
  readonly symbolRotate: number;
  readonly itemStyle: {
    readonly color: string;
    readonly borderColor?: string;
    readonly borderWidth?: number;
  };
} {
  if (relation === '=')
    return { symbol: of === 0 ? 'circle' : 'rect', symbolSize: 7, symbolRotate: 0, itemStyle: { color } };
  return {
    symbol: 'triangle',
    symbolSize: [10, 9],
    symbolRotate: relation.startsWith('<') ? 180 : 0,
    itemStyle: { color: surface, borderColor: color, borderWidth: 1.5 },
  };
}

/** Pieces from point to point: solid between two exact values, dashed where an end is only known to lie beyond. */
function stretches(points: readonly CoursePoint[], color: string, isDashed: boolean): LineSeriesOption {
  return {
    type: 'line',
    silent: true,
    symbol: 'none',
    z: 5,
    lineStyle: { color, width: 1.5, type: isDashed ? 'dashed' : 'solid' },
    tooltip: { show: false },
    data: points.slice(1).flatMap((point, position): [number, number | null][] => {
      const before = points[position];
      if (before === undefined) return [];
      const isExact = before.relation === '=' && point.relation === '=';
      if (isExact === isDashed) return [];
      return [
        [before.hours, before.number],
        [point.hours, point.number],
        [point.hours, null],
      ];
    }),
  };
}
