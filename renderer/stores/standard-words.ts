/** A laboratory value as it is stored, beside the one that was reported; or why it can't be converted. */
import { showRelation } from '#shared/item-value/number.ts';
import type { ValuePlace } from '#shared/record.ts';
import { standardValue, partsOf } from '#shared/study-scope/measurement.ts';
import { showNumber } from '#shared/study-scope/shown-value.ts';
import { visibleCell } from '#shared/study-scope/visible-cell.ts';
import type { PlacedItem, StudyModel } from '#shared/study-model.ts';
import { rowAt, type SubjectIndex } from '#shared/subject-index.ts';
import type { Language } from '#shared/study.ts';
import { unitAfterNumber } from '#shared/units.ts';
import { t } from '../i18n.ts';

export interface StandardWords {
  readonly words: string;
  readonly isLacking: boolean;
}

/** null for what is no measurement of an analyte, and where the unit reported is the one it is stored in. */
export function standardWords(
  model: StudyModel,
  index: SubjectIndex,
  place: ValuePlace,
  placed: PlacedItem,
  language: Language,
): StandardWords | null {
  const row = placed.parts === null ? null : rowAt(index, place.event, placed.home, place.row);
  const cell = row === null ? null : visibleCell(index, row, placed);
  if (row === null || cell?.value.number == null) return null;
  const { test, unit, qualifier } = partsOf(index, row, placed, cell);
  const analyte = test === null ? undefined : model.analyte(test);
  if (analyte === undefined || unit === null) return null;
  const standard = standardValue(index, row, placed, cell);
  if (standard === null) {
    const asked = placed.parts?.qualifier?.item.label[language] ?? '';
    const why =
      analyte.qualified === true && qualifier === null
        ? t('standard.qualifier', { asked })
        : t('standard.unit');
    return { words: t('standard.none', { why }), isLacking: true };
  }
  if (unit === analyte.unit) return null;
  const number =
    typeof standard === 'number'
      ? showNumber(standard, language)
      : typeof standard === 'object' && 'relation' in standard
        ? `${showRelation(standard.relation)}${showNumber(standard.number, language)}`
        : '';
  return { words: `= ${number}${unitAfterNumber(analyte.unit, language)}`, isLacking: false };
}
