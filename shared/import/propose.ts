/** What a column would be in a mapping, once it is said which item it answers: a proposal for a person to correct. */
import type { MappedColumn } from '../import-mapping.ts';
import { findCode } from '../item-value/choice.ts';
import { ownCodeList } from '../study-scope/yes-no.ts';
import type { CodeList, Item, Study } from '../study.ts';
import type { StudyItem } from './study-items.ts';

/** A column (or line) of somebody's table, as the assistant shows it. */
export interface TableField {
  /** As a mapping names it. */
  readonly column: string;
  readonly header: string;
  /** The first few answers. */
  readonly samples: readonly string[];
  /** The different ones, as long as they are few. */
  readonly words: readonly string[];
}

export interface Told {
  readonly item: StudyItem;
  /** Code of the laboratory test whose results the column holds. */
  readonly test: string | null;
}

/** `row`: of the tests of a table, the how manieth this one is. */
export function proposeColumn(
  study: Study,
  { item, test }: Told,
  { column, header, words }: TableField,
  row: number,
): MappedColumn {
  const values = wordsToDecide(study, item, words);
  const unit = /[([]([^)\]]+)[)\]]\s*$/u.exec(header)?.[1];
  const hasUnit = unit !== undefined && (item.item.type === 'measurement' || item.item.unit === unit);
  return {
    ...{ column, item: item.item.id },
    ...(item.onlyEvent === null ? { event: item.firstEvent } : {}),
    ...(test === null || item.item.parts === undefined
      ? {}
      : { row, with: { [item.item.parts.test]: test } }),
    ...(hasUnit ? { unit } : {}),
    ...(Object.keys(values).length > 0 ? { values } : {}),
  };
}

const yes = /^(?:y|yes|o|oui|x|true|vrai|1|pos|positive?|positif)$/iu;
const no = /^(?:n|no|non|false|faux|0|neg|negative?|négatif)$/iu;

/** Words of a coded column that are neither a code nor a label: a yes or no where one can be told, else undecided. */
function wordsToDecide(
  study: Study,
  { item }: StudyItem,
  words: readonly string[],
): Record<string, string | null> {
  const list = codeListOf(study, item);
  if (list === null || item.type === 'multiple-choice') return {};
  const reasons = reasonList(study);
  const unknown = words.filter(
    (word) =>
      findCode(list, word) === null &&
      !isMissingWord(word) &&
      (reasons === undefined || findCode(reasons, word) === null),
  );
  return Object.fromEntries(unknown.map((word) => [word, codeFor(list, word, item.type)]));
}

export function codeListOf(study: Study, item: Item): CodeList | null {
  return ownCodeList(item) ?? study.codeLists.find(({ id }) => id === item.codeList) ?? null;
}

function codeFor(list: CodeList, word: string, type: string): string | null {
  if (type !== 'yes-no' && type !== 'yes-no-unknown') return null;
  const meant = yes.test(word) ? 'Yes' : no.test(word) ? 'No' : null;
  return meant === null ? null : (findCode(list, meant)?.code ?? null);
}

const isMissingWord = (word: string): boolean =>
  /^(?:na|n\/a|#n\/a|-|–|\?|-9|-99|-999|-9999|nr|missing|manquant|inconnu|unknown|nsp)$/iu.test(word);

/** Words that stand for no answer and are no code of the study's own reasons: each gets the reason that claims least. */
export function proposeMissing(study: Study, words: readonly string[]): Record<string, string | null> {
  const list = reasonList(study);
  const meant = words.filter(
    (word) => isMissingWord(word) && (list === undefined || findCode(list, word) === null),
  );
  return Object.fromEntries(meant.map((word) => [word, reasonFor(study)]));
}

/** The reason of the study's list that claims least, to be looked at by whoever corrects the mapping. */
function reasonFor(study: Study): string | null {
  const codes = reasonList(study)?.codes ?? [];
  return (
    codes.find(({ label }) => /unknown|not known|not available/iu.test(label.en))?.code ??
    codes[0]?.code ??
    null
  );
}

export function reasonList(study: Study): CodeList | undefined {
  return study.codeLists.find(({ id }) => id === study.missingReasons);
}
