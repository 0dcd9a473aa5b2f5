/** The answers that a result rests on, each with its name, where it stands and when it was. */
import type { UsedValue, ValuePlace } from '#shared/record.ts';
import type { Language } from '#shared/study.ts';
import type { PlacedItem } from '#shared/study-model.ts';
import { timeCell } from '#shared/study-scope/time-order.ts';
import { showDate } from '#shared/partial-date.ts';
import { instanceOfRow, rowAt, type SubjectIndex } from '#shared/subject-index.ts';
import { visibleCell } from '#shared/study-scope/visible-cell.ts';
import { labelAt, shownAt } from './gap-words.ts';

export interface UsedWords {
  readonly place: ValuePlace;
  readonly label: string;
  readonly value: string;
  /** "PRE · 03 Nov 2021" */
  readonly where: string;
}

/**
 * The date of a row is told with the row's other answers, and unit, sign and test with the number that they belong to.
 * A date stands alone only where nothing else of such rows was looked at.
 */
export function usedInWords(
  index: SubjectIndex,
  used: readonly UsedValue[],
  language: Language,
): readonly UsedWords[] {
  const placed = used.flatMap((value) => {
    const item = index.model.item(value.item);
    return item === undefined ? [] : [{ value, item }];
  });
  const told = placed.filter(({ item }) => !isPart(item));
  const shown = told.filter(
    ({ item }) => !told.some((other) => other.item !== item && other.item.home.time === item),
  );
  return shown.map(({ value: { event, form, row, item } }) => {
    const place = { event, form, row, item };
    return {
      place,
      label: labelAt(index, place, language),
      value: shownAt(index, place, language),
      where: index.model.item(item)?.home.time?.item.id === item ? event : whereAt(index, place, language),
    };
  });
}

/** The event, and the day of the row where it is dated. */
export function whereAt(index: SubjectIndex, place: ValuePlace, language: Language): string {
  const placed = index.model.item(place.item);
  const row = placed === undefined ? null : rowAt(index, place.event, placed.home, place.row);
  const instance = row === null ? null : instanceOfRow(index, row);
  const time = row === null || instance === null ? null : timeCell(instance, row);
  const text = time === null ? null : (visibleCell(index, time.row, time.item)?.value.text ?? null);
  return text === null ? place.event : `${place.event} · ${showDate(text.slice(0, 10), language)}`;
}

function isPart({ item, home }: PlacedItem): boolean {
  return home.items.some(({ parts }) =>
    [parts?.relation, parts?.unit, parts?.test, parts?.qualifier].some((part) => part?.item === item),
  );
}
