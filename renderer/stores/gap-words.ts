/** What is missing, in words, and where to go to give it. */
import { assertNever } from '#shared/assert-never.ts';
import { explainCalculated, type Gap } from '#shared/gaps.ts';
import type { LocalMinute, ValuePlace } from '#shared/record.ts';
import type { Language } from '#shared/study.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { rowAt, valueAt, type SubjectIndex } from '#shared/subject-index.ts';
import { showAnswer } from '#shared/study-scope/shown-value.ts';
import { t } from '../i18n.ts';
import { missingReasons } from './missing-reasons.ts';

export interface GapWords {
  readonly words: string;
  /** The field that could be filled; null where there is no one field. */
  readonly place: ValuePlace | null;
}

/** What a calculated item without a value misses: "Weight; Creatinine: no result"; empty when that can't be told. */
export function whyMissing(
  index: SubjectIndex,
  place: ValuePlace,
  now: LocalMinute,
  language: Language,
): string {
  const gaps = explainCalculated(index.model, index, place, now)?.gaps ?? [];
  // Each once, however many rows lack it.
  const words = new Set(gaps.map((gap) => gapInWords(index, gap, language).words));
  return [...words].join(language === 'fr' ? ' ; ' : '; ');
}

export function gapInWords(index: SubjectIndex, gap: Gap, language: Language): GapWords {
  const { model } = index;
  switch (gap.kind) {
    case 'blank':
      return { words: labelAt(index, gap.place, language), place: gap.place };
    case 'not-asked':
    case 'unknown':
      return {
        words: t(`gap.${gap.kind}`, { item: labelAt(index, gap.place, language) }),
        place: gap.kind === 'unknown' ? gap.place : null,
      };
    case 'reason':
      return {
        words: t('gap.reason', {
          item: labelAt(index, gap.place, language),
          reason: reasonLabel(model, gap.missing, language),
        }),
        place: gap.place,
      };
    case 'censored':
    case 'imprecise':
    case 'not-convertible':
      return {
        words: t(`gap.${gap.kind}`, {
          item: labelAt(index, gap.place, language),
          value: shownAt(index, gap.place, language),
        }),
        place: gap.place,
      };
    case 'no-value':
      return { words: t('gap.no-value', { item: itemLabel(model, gap.item, language) }), place: null };
    case 'no-result':
      return {
        words: t('gap.no-result', { test: model.analyte(gap.test)?.label[language] ?? gap.test }),
        place: null,
      };
    case 'no-row':
      return {
        words: t('gap.no-row', { group: model.group(gap.group)?.home.form.name[language] ?? gap.group }),
        place: null,
      };
    case 'no-anchor':
      return {
        words: t('gap.no-anchor', { anchor: model.anchor(gap.anchor)?.anchor.name[language] ?? gap.anchor }),
        place: null,
      };
    default:
      return assertNever(gap);
  }
}

/** The item of a field; of a measurement the test of its row. */
export function labelAt(index: SubjectIndex, place: ValuePlace, language: Language): string {
  const { model } = index;
  const test = model.item(place.item)?.item.parts?.test;
  const code = test === undefined ? null : (valueAt(index, { ...place, item: test })?.text ?? null);
  return (
    (code === null ? null : model.analyte(code)?.label[language]) ?? itemLabel(model, place.item, language)
  );
}

/** The answer as it was given, with its sign and unit. */
export function shownAt(index: SubjectIndex, place: ValuePlace, language: Language): string {
  const placed = index.model.item(place.item);
  const row = placed === undefined ? null : rowAt(index, place.event, placed.home, place.row);
  return placed === undefined || row === null ? '' : showAnswer(index, row, placed, language);
}

function itemLabel(model: StudyModel, item: string, language: Language): string {
  return model.item(item)?.item.label[language] ?? item;
}

function reasonLabel(model: StudyModel, code: string, language: Language): string {
  return (
    missingReasons(model)
      ?.codes.find((reason) => reason.code === code)
      ?.label[language].toLowerCase() ?? code
  );
}
