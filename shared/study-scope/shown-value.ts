/** What an expression in a message is worth, as a person reads it: comma in French, months by name, codes by their labels. */
import { assertNever } from '../assert-never.ts';
import { isList, kindOf, type FeelDuration, type FeelValue } from '../feel/value.ts';
import { localNumber, showRelation } from '../item-value/number.ts';
import { showItemWithUnit } from '../item-value.ts';
import { isoDay, isoMinute, showDate } from '../partial-date.ts';
import type { MessagePart, PlacedItem } from '../study-model.ts';
import type { GroupRow, SubjectIndex } from '../subject-index.ts';
import type { Language } from '../study.ts';
import { unitAfterNumber } from '../units.ts';
import type { Frame } from './frame.ts';
import { partsOf } from './measurement.ts';
import { visibleCell } from './visible-cell.ts';
import { yesNo } from './yes-no.ts';

/** What stands for a value that is not there. */
const absent = '–';
const noBreakSpace = '\u00A0';

export function showMessage(parts: readonly MessagePart[], frame: Frame, language: Language): string {
  return parts.map((part) => (part.kind === 'words' ? part.words : showPart(part, frame, language))).join('');
}

function showPart(part: Extract<MessagePart, { kind: 'value' }>, frame: Frame, language: Language): string {
  const answer = part.answer?.(frame) ?? null;
  return answer === null
    ? showFeel(part.expression.read(frame), part.like, language)
    : showAnswer(frame.index, answer.row, answer.placed, language);
}

/** An answer as it was given: a measurement with the relation and the unit of its row, not converted. */
export function showAnswer(
  index: SubjectIndex,
  row: GroupRow,
  placed: PlacedItem,
  language: Language,
): string {
  const cell = visibleCell(index, row, placed);
  if (cell === null) return absent;
  const { relation, unit } = placed.item.parts === undefined ? cell.value : partsOf(index, row, placed, cell);
  return showItemWithUnit(index.model, placed, { ...cell.value, relation, unit }, language);
}

/** `like`: an item whose value the expression picks, for unit and labels. */
export function showFeel(value: FeelValue, like: PlacedItem | null, language: Language): string {
  if (value === null || kindOf(value) === 'context' || kindOf(value) === 'range') return absent;
  if (typeof value === 'boolean')
    return (yesNo.codes[value ? 0 : 1]?.label[language] ?? absent).toLowerCase();
  if (typeof value === 'string')
    return like?.codeList?.codes.find((known) => known.code === value)?.label[language] ?? value;
  if (typeof value === 'number') return `${showNumber(value, language)}${unitAfter(like, language)}`;
  if (isList(value)) return value.map((one) => showFeel(one, like, language)).join(', ');
  switch (value.kind) {
    case 'bounded':
      return `${showRelation(value.relation)}${showNumber(value.number, language)}${unitAfter(like, language)}`;
    case 'date':
      return showDate(isoDay(value.day), language);
    case 'date-time':
      return showDate(isoMinute(value.minute), language);
    case 'partial':
      return showDate(value.text, language);
    case 'days':
    case 'months':
      return showDuration(value, language);
    case 'context':
    case 'range':
      return absent;
    default:
      return assertNever(value);
  }
}

/**
 * Two decimals at most, more only where a number below 1 would lose its first three digits: 8.33, 0.0003.
 * A definition that wants another precision rounds in the expression.
 */
export function showNumber(number: number, language: Language): string {
  const magnitude = Math.abs(number);
  const decimals =
    magnitude === 0 || magnitude >= 1 ? 2 : Math.min(12, 2 - Math.floor(Math.log10(magnitude)));
  const text = number.toFixed(decimals).replace(/\.?0+$/u, '');
  return localNumber(text, language);
}

/** Empty where the item has no unit of its own: that of a measurement is the one of its row. */
export function unitAfter(like: PlacedItem | null, language: Language): string {
  return like?.item.unit === undefined || like.item.parts !== undefined
    ? ''
    : unitAfterNumber(like.item.unit, language);
}

function showDuration(duration: FeelDuration, language: Language): string {
  if (duration.kind === 'months')
    return `${showNumber(duration.months, language)}${noBreakSpace}${language === 'fr' ? 'mois' : 'months'}`;
  const hours = Math.abs(duration.minutes) / 60;
  return hours < 72
    ? `${showNumber(duration.minutes / 60, language)}${noBreakSpace}h`
    : `${showNumber(duration.minutes / 1440, language)}${noBreakSpace}${language === 'fr' ? 'j' : 'days'}`;
}
