/** Reasons that stand in place of an answer: "ND" typed into a field, shown as "Not done (ND)". */
import type { ItemValue } from '../record.ts';
import type { Language } from '../study.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';
import { findCode } from './choice.ts';
import { nothing } from './reading.ts';

/** A missing reason given as such and not typed among answers; null when the study has no such reason. */
export function missingValue(model: StudyModel, code: string): ItemValue | null {
  const list = model.codeList(model.study.missingReasons);
  const known = list === undefined ? null : findCode(list, code);
  return known === null ? null : { ...nothing, missing: known.code };
}

/**
 * A missing code stands in place of an answer, unless the item's own list has a code of that name: then "NK" is the
 * answer, and "[NK]" the missing reason. In a text only the whole upper-case code is meant as one.
 */
export function typedMissing(model: StudyModel, placed: PlacedItem, text: string): string | null {
  if (text.length > 20 || placed.item.type === 'calculated') return null;
  const codes = model.codeList(model.study.missingReasons)?.codes ?? [];
  const inBrackets =
    placed.codeList === null
      ? undefined
      : codes.find((entry) => `[${entry.code}]`.toLowerCase() === text.toLowerCase());
  if (inBrackets !== undefined) return inBrackets.code;
  const found = codes.find((entry) =>
    placed.item.type === 'text' ? entry.code === text : entry.code.toLowerCase() === text.toLowerCase(),
  );
  if (found === undefined || hasCode(placed, found.code)) return null;
  return found.code;
}

export function editMissing(placed: PlacedItem, missing: string): string {
  return hasCode(placed, missing) ? `[${missing}]` : missing;
}

function hasCode(placed: PlacedItem, code: string): boolean {
  return placed.codeList?.codes.some((entry) => entry.code.toLowerCase() === code.toLowerCase()) ?? false;
}

export function showMissing(model: StudyModel, code: string, language: Language): string {
  const label = model.codeList(model.study.missingReasons)?.codes.find((entry) => entry.code === code)?.label[
    language
  ];
  return label === undefined ? code : `${label} (${code})`;
}
