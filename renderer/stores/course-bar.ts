/** One treatment as bars. What is written at a bar is left out where there is no room for it; the table says it all. */
import type { CustomSeriesOption } from 'echarts/charts';
import type { CourseBar, CourseBars } from '#shared/course-picture.ts';
import { idOfLine, smallPx, type CourseDrawing } from './course-drawing.ts';
import type { BarBox } from './course-layout.ts';

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;
type Shape = NonNullable<ReturnType<RenderItem>>;

const momentPx = 4;
const characterPx = 6.4;
/** Of a lane of moments, which have their amount above them. */
const wordsPx = 12;

interface Place {
  /** Middle of a moment, else where the bar begins to be seen. */
  readonly left: number;
  readonly right: number;
  /** Where the bar before in the lane ends and the next one begins, or the edges. */
  readonly freeFrom: number;
  readonly freeTo: number;
  readonly top: number;
  readonly height: number;
}

export function barSeries(
  drawing: CourseDrawing,
  { drawn }: CourseBars,
  { lanes }: BarBox,
  line: number,
): CustomSeriesOption {
  const renderItem: RenderItem = ({ dataIndex, coordSys }, api) => {
    const bar = drawn[dataIndex];
    const lane = lanes[dataIndex] ?? 0;
    if (bar === undefined) return null;
    // The types leave open which coordinate system it is; ours is always a grid.
    const area = coordSys as unknown as { readonly x: number; readonly width: number };
    const edge = area.x + area.width;
    const at = (hours: number): number => api.coord([hours, lane])[0] ?? 0;
    const beside = drawn.filter((_, position) => lanes[position] === lane);
    const before = beside[beside.indexOf(bar) - 1];
    const next = beside[beside.indexOf(bar) + 1];
    const top = (api.coord([bar.from, lane])[1] ?? 0) + 1;
    const bottom = (api.coord([bar.from, lane + 1])[1] ?? 0) - 2;
    const left = at(bar.from);
    return drawOne(drawing, bar, {
      left: bar.end === 'none' ? left : Math.max(left, area.x),
      right: bar.end === 'ongoing' ? edge : Math.max(bar.to === null ? left : at(bar.to), left + momentPx),
      freeFrom: before === undefined ? area.x : at(before.to ?? before.from),
      freeTo: next === undefined ? edge : at(next.from),
      top,
      height: bottom - top,
    });
  };
  return {
    type: 'custom',
    id: idOfLine(line),
    clip: true,
    z: 6,
    cursor: 'pointer',
    renderItem,
    encode: { x: [0, 1], y: 2 },
    data: drawn.map((bar, position) => [bar.from, bar.to ?? bar.from, lanes[position] ?? 0]),
  };
}

function drawOne(drawing: CourseDrawing, bar: CourseBar, place: Place): Shape {
  const children = bar.end === 'none' ? drawMoment(drawing, bar, place) : drawStretch(drawing, bar, place);
  return { type: 'group', children };
}

/** An upright mark at its time, or a cross for what was planned and not given, with the amount above. */
function drawMoment({ palette, language }: CourseDrawing, bar: CourseBar, place: Place): Shape[] {
  const { left, top, height, freeFrom, freeTo } = place;
  const foot = top + height;
  const head = top + wordsPx;
  const arm = (foot - head) / 2;
  const stroke = { stroke: palette.quiet, lineWidth: 1.5 };
  const cross: Shape[] = [
    { type: 'line', shape: { x1: left - arm, y1: head, x2: left + arm, y2: foot }, style: stroke },
    { type: 'line', shape: { x1: left - arm, y1: foot, x2: left + arm, y2: head }, style: stroke },
  ];
  const upright: Shape = {
    type: 'rect',
    shape: { x: left - momentPx / 2, y: head, width: momentPx, height: foot - head },
    style: { fill: palette.line },
  };
  const amount = bar.amount?.[language] ?? '';
  const isFitting =
    bar.isGiven && firstThatFits([amount], Math.min(left - freeFrom, freeTo - left) - 2) !== null;
  return [
    // Something wide enough to point at.
    { type: 'rect', shape: { x: left - 6, y: top, width: 12, height }, style: { fill: 'transparent' } },
    ...(bar.isGiven ? [upright] : cross),
    ...(isFitting ? [words(amount, left, top + wordsPx / 2 - 1, 'center', palette, palette.surface)] : []),
  ];
}

function drawStretch({ palette, language }: CourseDrawing, bar: CourseBar, place: Place): Shape[] {
  const { left, right, top, height, freeTo } = place;
  const middle = top + height / 2;
  const name = bar.name?.[language] ?? '';
  const amount = `${bar.amount?.[language] ?? ''}${bar.end === 'unknown' ? ' ?' : ''}`.trim();
  const inside =
    bar.end === 'unknown' ? null : firstThatFits([`${name} ${amount}`.trim(), amount], right - left - 6);
  const beside = inside === null ? firstThatFits([amount], freeTo - right - 4) : null;
  return [
    {
      type: 'polygon',
      shape: { points: outline(place, bar.end === 'ongoing') },
      style:
        bar.end === 'unknown'
          ? { fill: palette.line }
          : { fill: palette.bar, stroke: palette.line, lineWidth: 1 },
    },
    ...(inside === null ? [] : [words(inside, left + 4, middle, 'left', palette, palette.bar)]),
    ...(beside === null ? [] : [words(beside, right + 3, middle, 'left', palette, palette.surface)]),
  ];
}

/** With a rim in the colour of what lies behind, so that a line that passes doesn't cross it out. */
function words(
  text: string,
  x: number,
  y: number,
  align: 'left' | 'center',
  { ink, font }: CourseDrawing['palette'],
  behind: string,
): Shape {
  return {
    type: 'text',
    silent: true,
    style: {
      text,
      x,
      y,
      align,
      verticalAlign: 'middle',
      fill: ink,
      stroke: behind,
      lineWidth: 3,
      font: `${smallPx}px ${font}`,
    },
  };
}

/** A rectangle; with a tip where it goes on. */
function outline({ left, right, top, height }: Place, goesOn: boolean): [number, number][] {
  const tip = goesOn ? height / 2 : 0;
  return [
    [left, top],
    [right - tip, top],
    [right, top + height / 2],
    [right - tip, top + height],
    [left, top + height],
  ];
}

function firstThatFits(texts: readonly string[], widthPx: number): string | null {
  return texts.find((text) => text !== '' && text.length * characterPx <= widthPx) ?? null;
}
