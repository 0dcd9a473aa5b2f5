/** One recorded value as a copy shows it; by its raw text where the study no longer has the item. */
import type { AnswerWords } from '../casebook.ts';
import { isEmpty, showItemWithUnit } from '../item-value.ts';
import { codesOf } from '../item-value/choice.ts';
import { showMissing } from '../item-value/missing.ts';
import type { ItemValue, ValuePlace } from '../record.ts';
import type { Language } from '../study.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';

const empty: AnswerWords = { kind: 'empty', text: '', code: null };

export function answerWords(
  model: StudyModel,
  item: string,
  value: ItemValue | null,
  language: Language,
): AnswerWords {
  if (value === null || isEmpty(value)) return empty;
  const placed = model.item(item);
  if (value.missing !== null)
    return { kind: 'missing', text: showMissing(model, value.missing, language), code: value.missing };
  const text = placed === undefined ? rawText(value) : showItemWithUnit(model, placed, value, language);
  return { kind: 'value', text, code: codeIn(placed, value, text) };
}

/** As a sentence uses it; an empty text where nothing stood. */
export function valueText(
  model: StudyModel,
  item: string | null,
  value: ItemValue | null,
  language: Language,
): string {
  const words = answerWords(model, item ?? '', value, language);
  return words.code === null || words.kind === 'missing' ? words.text : `${words.text} [${words.code}]`;
}

/** "Weight (row 2)": where something stands, for what is not listed under its field. */
export function placeWords(model: StudyModel, { item, row }: ValuePlace, language: Language): string {
  const placed = model.item(item);
  if (placed === undefined) return `${item} (${String(row)})`;
  const label = placed.item.label[language];
  if (!placed.group.repeating) return label;
  return `${label} (${language === 'fr' ? 'ligne' : 'row'} ${String(row)})`;
}

function rawText({ relation, text, unit }: ItemValue): string {
  return [relation === '=' ? null : relation, text, unit].filter((part) => part !== null).join(' ');
}

/** The code behind a label; null where the text is the code, or is none. */
function codeIn(placed: PlacedItem | undefined, value: ItemValue, text: string): string | null {
  if (placed?.codeList == null || value.text === null) return null;
  const codes = placed.item.type === 'multiple-choice' ? codesOf(value) : [value.text];
  const joined = codes.join(', ');
  return joined === text ? null : joined;
}
