/**
 * Typed text ⇄ value, one codec per item type. Never throws; what can't be read is a fault that says what is expected.
 * For every value v of an item: readItem(editText(v)) is v.
 */
import { assertNever } from './assert-never.ts';
import { codesOf, editCodes, readMultipleChoice, readSingleChoice, showChoice } from './item-value/choice.ts';
import { editDate, readDate } from './item-value/date.ts';
import { editMissing, showMissing, typedMissing } from './item-value/missing.ts';
import { readMeasurement, spellUnit, type RowContext } from './item-value/measurement.ts';
import { localNumber, readNumber, showNumber } from './item-value/number.ts';
import {
  longestTyped,
  nothing,
  readable,
  unreadable,
  type Reading,
  type Unreadable,
} from './item-value/reading.ts';
import { readText } from './item-value/text.ts';
import { showDate } from './partial-date.ts';
import type { ItemValue } from './record.ts';
import type { Analyte, Item, ItemType, Language } from './study.ts';
import type { PlacedItem, StudyModel } from './study-model.ts';
import { unitAfterNumber } from './units.ts';

export { missingValue } from './item-value/missing.ts';
export type { RowContext } from './item-value/measurement.ts';
export type { Reading, Spread } from './item-value/reading.ts';

/**
 * What a typed text means for an item. The empty text is the empty value. `row` lets a measurement know the test of its
 * row; without it, a unit typed after the number is handed on as it was typed.
 */
export function readItem(
  model: StudyModel,
  placed: PlacedItem,
  typed: string,
  language: Language,
  row: RowContext | null = null,
): Reading {
  if (typed.length > longestTyped) return tooLong(typed);
  const text = typed.trim();
  if (text === '') return readable(null);
  const missing = typedMissing(model, placed, text);
  return missing === null
    ? readAnswer(model, placed, text, language, row)
    : readable({ ...nothing, missing });
}

/** As a person reads it, without the unit of the item: "≥4,5", "03 Nov 2021", "Measured", "Not done (ND)". */
export function showItem(
  model: StudyModel,
  placed: PlacedItem,
  value: ItemValue,
  language: Language,
): string {
  if (value.missing !== null) return showMissing(model, value.missing, language);
  if (value.text === null) return '';
  const type = heldType(placed.item);
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'comparator':
    case 'measurement':
      return showNumber(value.text, value.relation, language);
    case 'date':
    case 'date-time':
    case 'year-month':
    case 'partial-date':
      return showDate(value.text, language);
    case 'yes-no':
    case 'yes-no-unknown':
    case 'single-choice':
    case 'multiple-choice':
      return showChoice(
        placed.codeList,
        type === 'multiple-choice' ? codesOf(value) : [value.text],
        language,
      );
    case 'text':
      return value.text;
    default:
      return assertNever(type);
  }
}

/** As showItem, followed by the unit: "32,0 kg". */
export function showItemWithUnit(
  model: StudyModel,
  placed: PlacedItem,
  value: ItemValue,
  language: Language,
): string {
  const shown = showItem(model, placed, value, language);
  const code =
    value.number === null
      ? null
      : (value.unit ?? (placed.item.parts === undefined ? placed.item.unit : null) ?? null);
  return code === null ? shown : `${shown}${unitAfterNumber(code, language)}`;
}

/** As it stands in the control, so that reading it gives the same value again. */
export function editText(placed: PlacedItem, value: ItemValue, language: Language): string {
  if (value.missing !== null) return editMissing(placed, value.missing);
  if (value.text === null) return '';
  const type = heldType(placed.item);
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'comparator':
    case 'measurement':
      return `${value.relation === null || value.relation === '=' ? '' : value.relation}${localNumber(value.text, language)}`;
    case 'date':
    case 'date-time':
    case 'year-month':
    case 'partial-date':
      return editDate(value.text);
    case 'multiple-choice':
      return editCodes(codesOf(value));
    case 'yes-no':
    case 'yes-no-unknown':
    case 'single-choice':
    case 'text':
      return value.text;
    default:
      return assertNever(type);
  }
}

/** Whether both say the same, so that writing one over the other is no change. An emptied value is the same as none. */
export function isSameValue(one: ItemValue | null, other: ItemValue | null): boolean {
  const a = one ?? nothing;
  const b = other ?? nothing;
  return (
    a.text === b.text &&
    a.missing === b.missing &&
    a.relation === b.relation &&
    a.unit === b.unit &&
    a.precision === b.precision
  );
}

/** Neither an answer nor a missing reason. */
export function isEmpty(value: ItemValue | null): boolean {
  return value === null || (value.text === null && value.missing === null);
}

function readAnswer(
  model: StudyModel,
  placed: PlacedItem,
  text: string,
  language: Language,
  row: RowContext | null,
): Reading {
  const item = placed.item;
  const analyteOf = (test: string): Analyte | undefined => model.analyte(test);
  switch (item.type) {
    case 'integer':
    case 'decimal':
    case 'comparator':
      return readNumber(item, text);
    case 'measurement':
      return readMeasurement(item, text, {
        row,
        analyteOf,
        isUnit: (unit) => isUnitOf(model, placed, unit, language),
      });
    case 'text':
      return readText(item, text);
    case 'date':
    case 'date-time':
    case 'year-month':
    case 'partial-date':
      return readDate(item.type, text);
    case 'yes-no':
    case 'yes-no-unknown':
    case 'single-choice': {
      if (placed.codeList === null) return noList(text);
      const { meaning, parts } = meaningOf(placed);
      const spelled = meaning === 'unit' ? spellUnit(parts, text, { row, analyteOf }) : text;
      return readSingleChoice(placed.codeList, spelled, language, meaning);
    }
    case 'multiple-choice':
      return placed.codeList === null ? noList(text) : readMultipleChoice(placed.codeList, text, language);
    case 'calculated':
      return calculated(text);
    default:
      return assertNever(item.type);
  }
}

/** A calculated item holds what its result type says. */
function heldType(item: Item): Exclude<ItemType, 'calculated'> {
  return item.type === 'calculated' ? (item.result ?? 'text') : item.type;
}

/** The unit and the relation of a measurement have spellings that codes don't have. */
function meaningOf(
  placed: PlacedItem,
):
  | { readonly meaning: 'code' | 'relation'; readonly parts: null }
  | { readonly meaning: 'unit'; readonly parts: NonNullable<Item['parts']> } {
  for (const { parts } of placed.group.items) {
    if (parts?.unit === placed.item.id) return { meaning: 'unit', parts };
    if (parts?.relation === placed.item.id) return { meaning: 'relation', parts: null };
  }
  return { meaning: 'code', parts: null };
}

function isUnitOf(model: StudyModel, placed: PlacedItem, text: string, language: Language): boolean {
  const unit = placed.item.parts === undefined ? undefined : model.item(placed.item.parts.unit);
  return unit !== undefined && readAnswer(model, unit, text, language, null).ok;
}

function tooLong(typed: string): Unreadable {
  return unreadable(typed, (subject) => ({
    en: `${subject.en} has ${typed.length} characters and at most ${longestTyped} are read: type a shorter text.`,
    fr: `${subject.fr} a ${typed.length} caractères et ${longestTyped} au plus sont lus : saisir un texte plus court.`,
  }));
}

function calculated(typed: string): Unreadable {
  return unreadable(typed, (subject) => ({
    en: `${subject.en} can’t be recorded here: this item is calculated from others; change those.`,
    fr: `${subject.fr} ne peut pas être enregistré ici : cette rubrique est calculée à partir d’autres ; modifier celles-ci.`,
  }));
}

function noList(typed: string): Unreadable {
  return unreadable(typed, (subject) => ({
    en: `${subject.en} can’t be read: the study has no list of codes for this item.`,
    fr: `${subject.fr} ne peut pas être lu : l’étude n’a pas de liste de codes pour cette rubrique.`,
  }));
}
