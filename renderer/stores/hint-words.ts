/** The hint of a field in words: what is usual, what is possible, how it is typed, and the study's own help. */
import type { ValuePlace } from '#shared/record.ts';
import type { Analyte, Language } from '#shared/study.ts';
import type { PlacedItem } from '#shared/study-model.ts';
import { valueAt } from '#shared/subject-index.ts';
import { t } from '../i18n.ts';
import { useEntry } from './entry.ts';
import { hintOf } from './field-hint.ts';
import { usePreferences } from './preferences.ts';
import { useStudy } from './study.ts';

export function hintWords(placed: PlacedItem, place: ValuePlace): string {
  const { language } = usePreferences();
  const found = hintOf(placed.item, analyteAt(placed, place), eventOf(place), language);
  const parts = [
    found.usual === null ? null : t('hint.usual', { range: found.usual }),
    found.limits === null ? null : t('hint.limits', { range: found.limits }),
    found.spelling === null ? null : t(`hint.${found.spelling}`),
    placed.item.help?.[language] ?? null,
    isTypedAsCodes(placed) ? t('hint.codes', { codes: codesIn(placed, language) }) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** In a table a multiple choice is typed, code by code. */
function isTypedAsCodes({ item, group }: PlacedItem): boolean {
  return item.type === 'multiple-choice' && group.repeating && group.layout === 'table';
}
function codesIn({ codeList }: PlacedItem, language: Language): string {
  return (codeList?.codes ?? []).map(({ code, label }) => `${code} ${label[language]}`).join(', ');
}

/** The event of the study that the place belongs to: "D" of "D3". */
export function eventOf({ event }: ValuePlace): string {
  return useStudy().model?.event(event)?.event.id ?? event;
}

/** The test of a laboratory row gives the limits of its value. */
export function analyteAt(placed: PlacedItem, place: ValuePlace): Analyte | null {
  const { liveIndex } = useEntry();
  const test = placed.item.parts?.test;
  const code =
    test === undefined || liveIndex === null
      ? null
      : (valueAt(liveIndex, { ...place, item: test })?.text ?? null);
  return code === null ? null : (useStudy().model?.analyte(code) ?? null);
}
