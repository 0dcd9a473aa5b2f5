/** Items that contradict themselves or name what is not there. */
import type { PlacedGroup, PlacedItem, StudyFault } from '../../study-model.ts';
import type { Bounds, Item, Study } from '../../study.ts';
import { itemPath } from '../paths.ts';
import { wholeMatch, type Placement } from '../place-study.ts';

interface Fault {
  readonly keys: readonly (keyof Item)[];
  readonly message: string;
}

const numeric: ReadonlySet<string> = new Set(['integer', 'decimal', 'comparator', 'measurement']);
const choices: ReadonlySet<string> = new Set(['single-choice', 'multiple-choice']);
const dates: ReadonlySet<string> = new Set(['date', 'date-time', 'partial-date', 'year-month']);

export function findItemFaults(placement: Placement): readonly StudyFault[] {
  return [
    ...placement.groups.flatMap(findTimeFaults),
    ...placement.items.flatMap((placed) =>
      [
        ...findFormulaFaults(placed.item),
        ...findListFaults(placement.study, placed.item),
        ...findBoundsFaults(placement.study, placed.item),
        ...findEventFaults(placement.study, placed.item),
        ...findPatternFaults(placed.item),
        ...findPartFaults(placement, placed),
      ].map(({ keys, message }) => ({ path: itemPath(placed, ...keys), message })),
    ),
  ];
}

function findTimeFaults(placed: PlacedGroup): readonly StudyFault[] {
  const { time, id } = placed.group;
  const path = ['forms', placed.home.order, 'groups', placed.position, 'time'];
  if (time === undefined) return [];
  const item = placed.items.find((candidate) => candidate.item.id === time)?.item;
  if (item === undefined) return [{ path, message: `"${time}" is not an item of group ${id}` }];
  return dates.has(heldType(item))
    ? []
    : [{ path, message: `"${time}" is no date, so it can't put the rows in time order` }];
}

function findFormulaFaults(item: Item): readonly Fault[] {
  const faults: Fault[] = [];
  const { type, expression, result, required } = item;
  if (type === 'calculated') {
    if (expression === undefined)
      faults.push({ keys: ['type'], message: 'a calculated item needs an expression' });
    if (result === undefined)
      faults.push({ keys: ['type'], message: 'a calculated item needs a result: what it holds' });
    if (required !== undefined)
      faults.push({
        keys: ['required'],
        message: 'nobody answers a calculated item, so it can’t be required',
      });
  } else {
    if (expression !== undefined)
      faults.push({
        keys: ['expression'],
        message: `an item of type ${type} is typed: only calculated items have an expression`,
      });
    if (result !== undefined)
      faults.push({
        keys: ['result'],
        message: `an item of type ${type} is typed: only calculated items have a result`,
      });
  }
  return faults;
}

function findListFaults(study: Study, item: Item): readonly Fault[] {
  const { codeList } = item;
  const needsList = choices.has(heldType(item));
  if (codeList === undefined)
    return needsList ? [{ keys: ['type'], message: 'a choice needs a codeList' }] : [];
  if (!needsList)
    return [
      { keys: ['codeList'], message: `an item of type ${heldType(item)} has no code list of the study` },
    ];
  return study.codeLists.some((list) => list.id === codeList)
    ? []
    : [{ keys: ['codeList'], message: `there is no code list "${codeList}"` }];
}

function findBoundsFaults(study: Study, item: Item): readonly Fault[] {
  return (['hard', 'soft'] as const).flatMap((key): readonly Fault[] => {
    const bounds = item[key];
    if (bounds === undefined) return [];
    if (!numeric.has(heldType(item)))
      return [{ keys: [key], message: `an item of type ${heldType(item)} is no number and has no bounds` }];
    if (item.parts !== undefined)
      return [{ keys: [key], message: 'the bounds of a measurement with parts are those of its analytes' }];
    const message = reversed(bounds) ?? unknownCheck(study, bounds);
    return message === null ? [] : [{ keys: [key], message }];
  });
}

function findEventFaults({ events }: Study, { softAt = [] }: Item): readonly Fault[] {
  return softAt
    .filter((id) => !events.some((event) => event.id === id))
    .map((id) => ({ keys: ['softAt'], message: `there is no event "${id}"` }));
}

export function reversed({ min, max }: Bounds): string | null {
  return min !== undefined && max !== undefined && min > max
    ? `the minimum ${String(min)} is above the maximum ${String(max)}`
    : null;
}

function unknownCheck(study: Study, { check }: Bounds): string | null {
  return check === undefined || study.checks.some(({ id }) => id === check)
    ? null
    : `there is no check "${check}"`;
}

function findPatternFaults({ type, pattern }: Item): readonly Fault[] {
  if (pattern === undefined) return [];
  if (type !== 'text')
    return [{ keys: ['pattern'], message: `only texts have a pattern, not an item of type ${type}` }];
  return wholeMatch(pattern) === null
    ? [{ keys: ['pattern'], message: 'the pattern is not a regular expression' }]
    : [];
}

function findPartFaults(placement: Placement, placed: PlacedItem): readonly Fault[] {
  const { parts, type } = placed.item;
  if (parts === undefined) return [];
  if (type !== 'measurement')
    return [{ keys: ['parts'], message: `only measurements have parts, not an item of type ${type}` }];
  const named = Object.entries(parts).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const strange = named.filter(([, id]) => placement.itemById.get(id)?.home !== placed.home);
  const test = placement.itemById.get(parts.test)?.codeList;
  const unknown = (test?.codes ?? []).filter(
    ({ code }) => !placement.study.analytes.some((analyte) => analyte.id === code),
  );
  return [
    ...strange.map(([part, id]): Fault => ({
      keys: ['parts'],
      message: `its ${part} "${id}" is not an item of group ${placed.group.id}`,
    })),
    ...unknown.map(({ code }): Fault => ({
      keys: ['parts'],
      message: `there is no analyte "${code}", which its test can be`,
    })),
  ];
}

/** The type of what the item holds, calculated or typed. */
function heldType(item: Item): string {
  return item.type === 'calculated' ? (item.result ?? 'calculated') : item.type;
}
