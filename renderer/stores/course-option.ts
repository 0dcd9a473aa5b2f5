/**
 * A picture of the course as ECharts wants it: a grid for each panel and each treatment, all on one axis of time.
 * Nothing moves, and nothing is drawn in HTML, which the content security policy would not let pass.
 */
import { laneAxis, partTitle, timeAxis, valueAxis } from './course-axes.ts';
import { barSeries } from './course-bar.ts';
import {
  leftPx,
  lineOfId,
  plotPx,
  rightPx,
  smallPx,
  type CourseDrawing,
  type CourseOption,
  type SeriesOption,
  type ValueAxis,
} from './course-drawing.ts';
import { layOut, type Box, type CourseLayout } from './course-layout.ts';
import { timeTicks, valueScale } from './course-scale.ts';
import { frame, valueSeries } from './course-series.ts';
import { labelWithUnit } from './course-words.ts';

interface Part {
  readonly box: Box;
  readonly yAxis: ValueAxis;
  readonly series: readonly SeriesOption[];
}

export function courseOption(drawing: CourseDrawing): CourseOption {
  const { course, palette, language } = drawing;
  const layout = layOut(course);
  const parts = [...panelParts(drawing, layout), ...barParts(drawing, layout)];
  const axis: Part = {
    box: { titleTop: layout.bottom, top: layout.bottom, height: 1 },
    yAxis: laneAxis(null),
    series: [],
  };
  const all = [...parts, axis];
  const ticks = timeTicks(drawing.span, plotPx(drawing));
  const named = (text: string, unit: string | null): string => labelWithUnit(text, unit, language);
  return {
    animation: false,
    textStyle: { fontFamily: palette.font, fontSize: smallPx, color: palette.quiet },
    title: [
      ...course.panels.map(({ panel, unit }, position) =>
        partTitle(drawing, layout.panels[position], named(panel.label[language], unit)),
      ),
      ...course.bars.map(({ bars, unit }, position) =>
        partTitle(drawing, layout.bars[position], named(bars.label[language], unit)),
      ),
    ],
    grid: all.map(({ box }) => ({
      left: leftPx,
      right: rightPx,
      top: box.top,
      height: box.height,
      // Every part begins at the same place, however long the numbers beside it are.
      outerBoundsMode: 'none',
    })),
    xAxis: all.map((part, at) => timeAxis(drawing, ticks, at, part === axis)),
    yAxis: all.map(({ yAxis }, at) => ({ ...yAxis, gridIndex: at })),
    series: all.flatMap(({ series }, at) =>
      series.map((one): SeriesOption => ({ ...one, xAxisIndex: at, yAxisIndex: at })),
    ),
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    tooltip: tip(drawing),
  };
}

function panelParts(drawing: CourseDrawing, layout: CourseLayout): readonly Part[] {
  const parts: Part[] = [];
  let line = 0;
  for (const [position, panel] of drawing.course.panels.entries()) {
    const box = layout.panels[position];
    const scale = valueScale(panel);
    if (box !== undefined && scale !== null)
      parts.push({
        box,
        yAxis: valueAxis(drawing, panel, scale),
        series: [frame(drawing, panel, position === 0), ...valueSeries(drawing, panel, line)],
      });
    line += panel.series.length;
  }
  return parts;
}

function barParts(drawing: CourseDrawing, layout: CourseLayout): readonly Part[] {
  const lines = drawing.course.panels.reduce((count, { series }) => count + series.length, 0);
  return drawing.course.bars.flatMap((bars, position): readonly Part[] => {
    const box = layout.bars[position];
    if (box === undefined || box.height === 0) return [];
    const series = [frame(drawing, null, false), barSeries(drawing, bars, box, lines + position)];
    return [{ box, yAxis: laneAxis(box), series }];
  });
}

function tip({ palette, words }: CourseDrawing): NonNullable<CourseOption['tooltip']> {
  return {
    trigger: 'item',
    renderMode: 'richText',
    confine: true,
    transitionDuration: 0,
    backgroundColor: palette.surface,
    borderColor: palette.quiet,
    borderWidth: 1,
    padding: [6, 8],
    textStyle: { color: palette.ink, fontSize: 12, lineHeight: 17, fontFamily: palette.font },
    formatter: (hit) => {
      const [one] = Array.isArray(hit) ? hit : [hit];
      const line = lineOfId(one?.seriesId);
      return line === null || one === undefined ? '' : words.tip(line, one.dataIndex);
    },
  };
}
