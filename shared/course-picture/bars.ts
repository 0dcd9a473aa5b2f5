/** The bars of one treatment: a row of its group each, from start to end. */
import type { CourseBar, UnplacedAnswer } from '../course-picture.ts';
import { placeInTime, type PictureAnchor } from './anchor.ts';
import { inBoth } from '../study-text.ts';
import { localNumber } from '../item-value/number.ts';
import type { PictureBars } from '../study-picture.ts';
import type { PlacedItem } from '../study-model.ts';
import type { Text } from '../study.ts';
import { placeOf } from '../study-scope/read-value.ts';
import { showAnswer } from '../study-scope/shown-value.ts';
import { momentOf, rowsInTime } from '../study-scope/time-order.ts';
import { visibleCell } from '../study-scope/visible-cell.ts';
import type { GroupRow, SubjectIndex } from '../subject-index.ts';

interface CollectedBars {
  readonly unit: string | null;
  readonly drawn: readonly CourseBar[];
  readonly unplaced: readonly UnplacedAnswer[];
}

export function collectBars(index: SubjectIndex, anchor: PictureAnchor, bars: PictureBars): CollectedBars {
  const group = index.model.group(bars.group);
  const start = index.model.item(bars.start);
  const unit = index.model.item(bars.amounts[0] ?? '')?.item.unit ?? null;
  if (group === undefined || start === undefined) return { unit, drawn: [], unplaced: [] };
  const drawn: CourseBar[] = [];
  const unplaced: UnplacedAnswer[] = [];
  for (const { row } of rowsInTime(index, group).ordered) {
    const bar = readBar(index, anchor, bars, start, row);
    if (bar === null) continue;
    if ('reason' in bar) unplaced.push({ ...bar, label: bars.label });
    else drawn.push(bar);
  }
  return { unit, drawn, unplaced };
}

/** null for a row that says neither when nor what. */
function readBar(
  index: SubjectIndex,
  anchor: PictureAnchor,
  bars: PictureBars,
  start: PlacedItem,
  row: GroupRow,
): CourseBar | Omit<UnplacedAnswer, 'label'> | null {
  const started = visibleCell(index, row, start);
  const notGiven = answered(index, row, bars.notGiven);
  const name = answered(index, row, bars.name);
  const amounts = bars.amounts.flatMap((id) => answered(index, row, id) ?? []);
  const said = notGiven === null ? [...(name === null ? [] : [name]), ...amounts] : [notGiven];
  if (started === null && said.length === 0) return null;
  const answer = {
    shown: inBoth((language) =>
      said
        .map(({ placed }) => showAnswer(index, row, placed, language))
        .join(notGiven === null && name !== null ? ', ' : ' · '),
    ),
    at: started?.value.text ?? null,
    place: placeOf(row, start),
  };
  const from = placeInTime(anchor, momentOf(started?.feel ?? null));
  if (from.hours === null) return { ...answer, reason: from.reason };
  const ended = endOf(index, anchor, bars, row);
  if (ended.to !== null && ended.to < from.hours) return { ...answer, reason: 'end-first' };
  const first = amounts[0];
  return {
    ...answer,
    from: from.hours,
    ...ended,
    isGiven: notGiven === null,
    name: name === null ? null : inBoth((language) => showAnswer(index, row, name.placed, language)),
    amount: first === undefined ? null : bareNumber(first.text),
  };
}

function endOf(
  index: SubjectIndex,
  anchor: PictureAnchor,
  bars: PictureBars,
  row: GroupRow,
): Pick<CourseBar, 'to' | 'end'> {
  const end = bars.end === undefined ? undefined : index.model.item(bars.end);
  if (end === undefined) return { to: null, end: 'none' };
  const { hours } = placeInTime(anchor, momentOf(visibleCell(index, row, end)?.feel ?? null));
  if (hours !== null) return { to: hours, end: 'known' };
  return { to: null, end: answered(index, row, bars.ongoing)?.text === '1' ? 'ongoing' : 'unknown' };
}

/** null when the item is not asked, not answered or has a missing reason. */
function answered(
  index: SubjectIndex,
  row: GroupRow,
  id: string | undefined,
): { readonly placed: PlacedItem; readonly text: string } | null {
  const placed = id === undefined ? undefined : index.model.item(id);
  const text = placed === undefined ? null : (visibleCell(index, row, placed)?.value.text ?? null);
  return placed === undefined || text === null ? null : { placed, text };
}

function bareNumber(text: string): Text {
  return inBoth((language) => localNumber(text, language));
}
