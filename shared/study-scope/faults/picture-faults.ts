/** Pictures that name what is not there, or would draw what can't be drawn together. */
import type { PlacedGroup, PlacedItem, StudyFault } from '../../study-model.ts';
import type { Picture, PictureBars, PicturePanel, PictureSeries } from '../../study-picture.ts';
import type { Item } from '../../study.ts';
import type { Placement } from '../place-study.ts';

type Fault = Pick<StudyFault, 'path' | 'message'>;
/** null when the item can stand there; else what it is not. */
type Fits = (item: Item) => string | null;

export function findPictureFaults(placement: Placement): readonly StudyFault[] {
  return placement.study.pictures.flatMap((picture, position) =>
    [
      ...findFrameFaults(placement, picture),
      ...picture.panels.flatMap((panel, p) => under(['panels', p], findPanelFaults(placement, panel))),
      ...picture.bars.flatMap((bars, b) => under(['bars', b], findBarFaults(placement, bars))),
      ...twice('panels', picture.panels),
      ...twice('bars', picture.bars),
    ].map(({ path, message }) => ({ path: ['pictures', position, ...path], message })),
  );
}

function findFrameFaults({ study }: Placement, picture: Picture): readonly Fault[] {
  return [
    ...(study.anchors.some(({ id }) => id === picture.anchor)
      ? []
      : [{ path: ['anchor'], message: `there is no anchor "${picture.anchor}"` }]),
    ...picture.windows.flatMap((id, position) => {
      const event = study.events.find((known) => known.id === id);
      if (event === undefined) return [{ path: ['windows', position], message: `there is no event "${id}"` }];
      return event.window === undefined
        ? [{ path: ['windows', position], message: `event "${id}" has no window that could be shaded` }]
        : [];
    }),
    ...picture.views.flatMap((view, position) =>
      view.from < view.to
        ? []
        : [{ path: ['views', position], message: `a view from ${view.from} to ${view.to} h shows nothing` }],
    ),
  ];
}

function findPanelFaults(placement: Placement, panel: PicturePanel): readonly Fault[] {
  const { range, scale } = panel;
  const units = panel.series.map((series) => unitOf(placement, series));
  const other = units.findIndex((unit) => unit !== units[0]);
  return [
    ...panel.series.flatMap((series, s) => under(['series', s], findSeriesFaults(placement, series))),
    ...(other === -1
      ? []
      : [
          {
            path: ['series', other],
            message: `its unit is ${units[other] ?? 'none'}, that of the first series ${units[0] ?? 'none'}: one panel has one unit`,
          },
        ]),
    ...(range === undefined || range.from < range.to
      ? []
      : [{ path: ['range'], message: `a range from ${range.from} to ${range.to} is empty` }]),
    ...(scale === 'log' && range !== undefined && range.from <= 0
      ? [{ path: ['range'], message: 'a logarithmic axis begins above 0' }]
      : []),
    ...panel.lines.flatMap((line, position) =>
      scale === 'log' && line.at <= 0
        ? [{ path: ['lines', position, 'at'], message: `${line.at} has no place on a logarithmic axis` }]
        : [],
    ),
  ];
}

function findSeriesFaults(placement: Placement, series: PictureSeries): readonly Fault[] {
  const placed = placement.itemById.get(series.item);
  if (placed === undefined) return [{ path: ['item'], message: `there is no item "${series.item}"` }];
  const wrong = isNumber(placed.item);
  if (wrong !== null) return [{ path: ['item'], message: wrong }];
  return [
    ...(placed.home.time === null
      ? [
          {
            path: ['item'],
            message: `nothing dates the rows of group ${placed.group.id}, so "${series.item}" has no place in time`,
          },
        ]
      : []),
    ...findTestFaults(placement, series, placed),
    ...(series.instead === undefined
      ? []
      : fault(placement, placed.home, ['instead'], series.instead, isYesNo)),
  ];
}

function findTestFaults({ study }: Placement, { test }: PictureSeries, placed: PlacedItem): readonly Fault[] {
  const { id, parts } = placed.item;
  if (test === undefined)
    return parts === undefined
      ? []
      : [{ path: ['item'], message: `"${id}" holds many tests: say with "test" which one is drawn` }];
  if (parts === undefined) return [{ path: ['test'], message: `"${id}" has no test item in its row` }];
  return study.analytes.some((analyte) => analyte.id === test)
    ? []
    : [{ path: ['test'], message: `there is no analyte "${test}"` }];
}

function findBarFaults(placement: Placement, bars: PictureBars): readonly Fault[] {
  const group = placement.groupById.get(bars.group);
  if (group === undefined) return [{ path: ['group'], message: `there is no item group "${bars.group}"` }];
  const items: readonly (readonly [
    path: readonly (string | number)[],
    id: string | undefined,
    fits: Fits,
  ])[] = [
    [['start'], bars.start, isDate],
    [['end'], bars.end, isDate],
    [['ongoing'], bars.ongoing, isYesNo],
    [['name'], bars.name, isChoice],
    ...bars.amounts.map((id, a) => [['amounts', a], id, isNumber] as const),
    [['notGiven'], bars.notGiven, () => null],
  ];
  return items.flatMap(([path, id, fits]) =>
    id === undefined ? [] : fault(placement, group, path, id, fits),
  );
}

/** The item must be one of the same group, and fit. */
function fault(
  placement: Placement,
  group: PlacedGroup,
  path: readonly (string | number)[],
  id: string,
  fits: Fits,
): readonly Fault[] {
  const placed = placement.itemById.get(id);
  if (placed?.home !== group) return [{ path, message: `"${id}" is not an item of group ${group.group.id}` }];
  const message = fits(placed.item);
  return message === null ? [] : [{ path, message }];
}

const oneOf =
  (types: readonly string[], what: string): Fits =>
  (item) =>
    types.includes(item.type === 'calculated' ? (item.result ?? '') : item.type)
      ? null
      : `"${item.id}" is no ${what}`;
const isNumber = oneOf(['integer', 'decimal', 'comparator', 'measurement'], 'number');
const isDate = oneOf(['date', 'date-time', 'partial-date'], 'date');
const isYesNo = oneOf(['yes-no', 'yes-no-unknown'], 'yes-no item');
const isChoice = oneOf(['single-choice', 'text'], 'name');

function unitOf({ study, itemById }: Placement, { item, test }: PictureSeries): string | undefined {
  return test === undefined
    ? itemById.get(item)?.item.unit
    : study.analytes.find((analyte) => analyte.id === test)?.unit;
}

function under(path: readonly (string | number)[], faults: readonly Fault[]): readonly Fault[] {
  return faults.map((one) => ({ ...one, path: [...path, ...one.path] }));
}

function twice(key: 'panels' | 'bars', all: readonly { readonly id: string }[]): readonly Fault[] {
  return all.flatMap(({ id }, position) =>
    all.findIndex((other) => other.id === id) === position
      ? []
      : [{ path: [key, position, 'id'], message: `two ${key} have the id "${id}"` }],
  );
}
