/**
 * The sites of a pool side by side: how many of the forms that were begun are complete, and how many findings stand open.
 * Hard ones are filled and soft ones hollow, so that they are told apart without colour.
 */
import type { BarSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TitleComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { PooledSite } from '#shared/contract/pool.ts';
import type { Language } from '#shared/study.ts';

export type PoolOption = ComposeOption<
  BarSeriesOption | GridComponentOption | TitleComponentOption | TooltipComponentOption
>;
type Axis<Side extends 'xAxis' | 'yAxis'> = Extract<PoolOption[Side], readonly unknown[]>[number];
export interface PoolPalette {
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly surface: string;
  readonly line: string;
  readonly track: string;
  readonly hard: string;
  readonly soft: string;
  readonly font: string;
}
export interface PoolDrawing {
  readonly sites: readonly PooledSite[];
  readonly language: Language;
  readonly palette: PoolPalette;
  readonly words: {
    readonly completeness: string;
    readonly findings: string;
    readonly hard: string;
    readonly soft: string;
    readonly tip: (site: PooledSite) => string;
  };
}

const rowPx = 24;
const topPx = 24;
const bottomPx = 24;
const smallPx = 11;

export function poolHeight(sites: number): number {
  return topPx + sites * rowPx + bottomPx;
}

/** null when no form was begun. */
export function completeShare({
  formsStarted,
  formsComplete,
}: Pick<PooledSite, 'formsStarted' | 'formsComplete'>): number | null {
  return formsStarted === 0 ? null : formsComplete / formsStarted;
}

/** "87 %"; a share that is not whole is never shown as whole, nor a small one as none. */
export function percentWords(share: number, language: Language): string {
  const rounded = Math.round(share * 100);
  const percent = share < 1 && rounded === 100 ? 99 : share > 0 && rounded === 0 ? 1 : rounded;
  return `${String(percent)}${language === 'fr' ? ' ' : ' '}%`;
}

export function poolOption(drawing: PoolDrawing): PoolOption {
  const { sites, palette, language, words } = drawing;
  const codes = sites.map(({ code }) => code);
  const most = Math.max(1, ...sites.map(({ openHard, openSoft }) => openHard + openSoft));
  const label = { color: palette.ink, fontSize: smallPx };
  const plain = { axisLine: { show: false }, axisTick: { show: false } };
  const names = (gridIndex: number): Axis<'yAxis'> => ({
    ...{ type: 'category' as const, gridIndex, data: codes, inverse: true },
    ...plain,
    axisLabel: { ...label, interval: 0 },
  });
  const numbers = (gridIndex: number, max: number): Axis<'xAxis'> => ({
    ...{ type: 'value' as const, gridIndex, min: 0, max, splitNumber: 4, minInterval: 1 },
    ...plain,
    axisLabel: { color: palette.quiet, fontSize: smallPx },
    splitLine: { lineStyle: { color: palette.grid } },
  });
  const bar = { type: 'bar' as const, barWidth: 12, animation: false };
  return {
    animation: false,
    textStyle: { fontFamily: palette.font, fontSize: smallPx, color: palette.quiet },
    title: [
      { text: words.completeness, left: 40 },
      { text: `${words.findings}: ■ ${words.hard}   □ ${words.soft}`, left: '52%' },
    ].map((title) => ({ ...title, top: 2, padding: 0, textStyle: { ...label, fontWeight: 600 } })),
    grid: [
      { left: 40, right: '52%', top: topPx, bottom: bottomPx, outerBoundsMode: 'none' },
      { left: '56%', right: 48, top: topPx, bottom: bottomPx, outerBoundsMode: 'none' },
    ],
    xAxis: [numbers(0, 100), numbers(1, most)].map((axis, at) =>
      at === 0
        ? {
            ...axis,
            interval: 25,
            axisLabel: { color: palette.quiet, fontSize: smallPx, formatter: '{value} %' },
          }
        : axis,
    ),
    yAxis: [names(0), names(1)],
    series: [
      {
        ...{ ...bar, xAxisIndex: 0, yAxisIndex: 0, showBackground: true },
        backgroundStyle: { color: palette.track },
        itemStyle: { color: palette.line },
        data: sites.map((site) => (completeShare(site) ?? 0) * 100),
        label: {
          ...{ ...label, show: true, position: 'right' },
          formatter: ({ dataIndex }) => {
            const site = sites[dataIndex];
            const share = site === undefined ? null : completeShare(site);
            return share === null ? '–' : percentWords(share, language);
          },
        },
      },
      {
        ...{ ...bar, xAxisIndex: 1, yAxisIndex: 1, stack: 'findings' },
        itemStyle: { color: palette.hard, borderColor: palette.hard, borderWidth: 1 },
        data: sites.map(({ openHard }) => openHard),
      },
      {
        ...{ ...bar, xAxisIndex: 1, yAxisIndex: 1, stack: 'findings' },
        itemStyle: { color: palette.surface, borderColor: palette.soft, borderWidth: 1 },
        data: sites.map(({ openSoft }) => openSoft),
        label: {
          ...{ ...label, show: true, position: 'right' },
          formatter: ({ dataIndex }) => {
            const { openHard = 0, openSoft = 0 } = sites[dataIndex] ?? {};
            return `${String(openHard)} + ${String(openSoft)}`;
          },
        },
      },
    ],
    tooltip: {
      ...{ trigger: 'item', renderMode: 'richText', confine: true, transitionDuration: 0 },
      ...{ backgroundColor: palette.surface, borderColor: palette.quiet, borderWidth: 1, padding: [6, 8] },
      textStyle: { color: palette.ink, fontSize: 12, lineHeight: 17, fontFamily: palette.font },
      formatter: (hit) => {
        const [one] = Array.isArray(hit) ? hit : [hit];
        const site = sites[one?.dataIndex ?? -1];
        return site === undefined ? '' : words.tip(site);
      },
    },
  };
}
