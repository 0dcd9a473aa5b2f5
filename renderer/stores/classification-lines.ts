/** The lines of the table of classifications: what each says, and of those of many records the latest and the worst. */
import type { ClassificationOutcome, Classified, State } from '#shared/classifications.ts';
import type { Gap } from '#shared/gaps.ts';
import { localNumber } from '#shared/item-value/number.ts';
import { roundedText } from '#shared/study-scope/feel-to-item.ts';
import type { Language, Text } from '#shared/study.ts';
import { showFeel } from '#shared/study-scope/shown-value.ts';
import type { SubjectIndex } from '#shared/subject-index.ts';
import { unitAfterNumber } from '#shared/units.ts';
import { t } from '../i18n.ts';
import { gapInWords } from './gap-words.ts';
import { whereAt } from './used-words.ts';

export interface ClassificationLine {
  readonly outcome: ClassificationOutcome;
  /** Latest first. */
  readonly classified: readonly Classified[];
  readonly latest: Classified;
  /** Of grades, when it differs from the latest. */
  readonly worst: Classified | null;
}
export interface Family {
  readonly name: Text;
  readonly lines: readonly ClassificationLine[];
  /** Those that have nothing to classify yet. */
  readonly idle: readonly ClassificationOutcome[];
}

export function familiesOf(outcomes: readonly ClassificationOutcome[]): readonly Family[] {
  const names = new Map(
    outcomes.map(({ classification: { definition } }) => [definition.family.en, definition.family]),
  );
  return [...names.values()].map((name): Family => {
    const own = outcomes.filter(({ classification }) => classification.definition.family.en === name.en);
    return {
      name,
      lines: own.flatMap(lineOf),
      idle: own.filter(({ classified }) => classified.length === 0),
    };
  });
}

function lineOf(outcome: ClassificationOutcome): readonly ClassificationLine[] {
  const classified = [...outcome.classified].reverse();
  const [latest] = classified;
  if (latest === undefined) return [];
  const worst = classified.reduce((found, one) => (rankOf(one) < rankOf(found) ? one : found), latest);
  return [{ outcome, classified, latest, worst: rankOf(worst) < rankOf(latest) ? worst : null }];
}

/** The worst is 0; what could not be told ranks behind everything. */
function rankOf({ result }: Classified): number {
  return result.kind === 'grades' ? (result.rank ?? Number.POSITIVE_INFINITY) : 0;
}

/** Met and not met are marks of criteria; a grade or a number is just told. */
export function markOf({ state, result }: Classified): State | 'told' {
  return state === 'not-evaluable' || result.kind === 'criteria' ? state : 'told';
}

export function resultInWords(
  { classification: { rule } }: ClassificationOutcome,
  { state, result }: Classified,
  language: Language,
): string {
  if (state === 'not-evaluable') return t('state3.not-evaluable');
  switch (result.kind) {
    case 'criteria':
      return t(`state3.${state}`);
    case 'grades': {
      const codes = rule.kind === 'grades' ? rule.codeList.codes : [];
      return codes.find(({ code }) => code === result.code)?.label[language] ?? t('classifications.none');
    }
    case 'value': {
      if (rule.kind !== 'value') return '';
      const unit = rule.unit === null ? '' : unitAfterNumber(rule.unit, language);
      const text = typeof result.value === 'number' ? roundedText(result.value, rule.decimals) : null;
      return `${text === null ? showFeel(result.value, null, language) : localNumber(text, language)}${unit}`;
    }
  }
}

/** In a line: how many criteria are met or what is missing, and of records when. */
export function reasonInWords(index: SubjectIndex, one: Classified, language: Language): string {
  const { result, gaps, at } = one;
  const when = at === null ? null : whereAt(index, at, language);
  const parts = result.kind === 'criteria' ? result.criterion.parts : [];
  const met = parts.filter((part) => part.state === 'met').length;
  return [
    when,
    parts.length > 0 ? t('classifications.met', { count: met, of: parts.length }) : null,
    gaps.length > 0 ? missingInWords(index, gaps, language) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

const toldGaps = 3;

function missingInWords(index: SubjectIndex, gaps: readonly Gap[], language: Language): string {
  const words = gaps.slice(0, toldGaps).map((gap) => gapInWords(index, gap, language).words);
  const more = gaps.length - words.length;
  return `${t('gap.missing')} ${words.join(' · ')}${more > 0 ? ` … +${String(more)}` : ''}`;
}
