/** The reason for a change after "complete": from the study's list, in own words, or both. */
import type { StudyModel } from './study-model.ts';

/** "Other" of the study's list alone says nothing: own words go with it. Its code or its label, however it is written. */
export function isReasonBare(model: StudyModel, reason: string): boolean {
  const said = plain(reason);
  return (model.codeList(model.study.changeReasons)?.codes ?? []).some(
    ({ code, label, specify }) =>
      specify === true && [code, label.en, label.fr].some((word) => plain(word) === said),
  );
}

function plain(words: string): string {
  return words
    .toLowerCase()
    .replace(/[\s:.]+$/u, '')
    .trim();
}
