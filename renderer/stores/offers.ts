/**
 * What can be put into a field with one key: the reading that a slip leaves, or the answer that stood there the last
 * time. Offered, never taken by itself; what is taken stands in the field as typed and is saved like anything typed.
 */
import { carriedAnswer } from '#shared/carried-answer.ts';
import { earlierNumbers } from '#shared/earlier-numbers.ts';
import { editText, showItem, showItemWithUnit } from '#shared/item-value.ts';
import {
  likelySlips,
  scaleOfAnalyte,
  scaleOfItem,
  type LikelySlip,
  type Scale,
} from '#shared/likely-slip.ts';
import { createTrial, type Trial } from '#shared/nearest-passing/trial.ts';
import { originOf } from '#shared/read-aid.ts';
import type { Finding, ItemValue, LocalMinute, ValuePlace } from '#shared/record.ts';
import { partsOf, type MeasurementParts } from '#shared/study-scope/measurement.ts';
import { visibleCell } from '#shared/study-scope/visible-cell.ts';
import type { PlacedItem, StudyModel } from '#shared/study-model.ts';
import { rowAt, valueAt, type SubjectIndex } from '#shared/subject-index.ts';
import type { Language } from '#shared/study.ts';
import { showUnit } from '#shared/units.ts';
import { t } from '../i18n.ts';
import { originWords } from './place-words.ts';

export interface Offer {
  /** What is so. */
  readonly words: string;
  /** "Use g/dL" */
  readonly label: string;
  /** What would stand in the field. */
  readonly typed: string;
}
export interface OfferContext {
  readonly model: StudyModel;
  /** With what is typed now. */
  readonly index: SubjectIndex;
  readonly now: LocalMinute;
  /** Of this field. */
  readonly findings: readonly Finding[];
  readonly language: Language;
}

export function offersAt(place: ValuePlace, placed: PlacedItem, context: OfferContext): readonly Offer[] {
  const value = valueAt(context.index, place);
  if (value === null) return carriedOffers(place, placed, context);
  return value.number === null ? [] : slipOffers(place, placed, value, value.number, context);
}

function carriedOffers(
  place: ValuePlace,
  placed: PlacedItem,
  { model, index, language }: OfferContext,
): readonly Offer[] {
  const found = carriedAnswer(index, place, placed, model.aid(place.item)?.carried ?? []);
  if (found === null) return [];
  const value = showItemWithUnit(model, placed, found.value, language);
  return [
    {
      words: t('offer.before', { value, where: originWords(model, originOf(index, found.from), language) }),
      label: t('offer.use', { value }),
      typed: editText(placed, found.value, language),
    },
  ];
}

function slipOffers(
  place: ValuePlace,
  placed: PlacedItem,
  value: ItemValue,
  number: number,
  context: OfferContext,
): readonly Offer[] {
  const { model, index, findings, now } = context;
  const parts = partsAt(index, place, placed);
  const scale = scaleAt(model, placed, parts);
  if (parts === null || scale === null || (parts.relation ?? '=') !== '=') return [];
  const doubting = findings.filter((finding) => finding.severity !== 'information');
  const unit = placed.parts === null ? (placed.item.unit ?? null) : parts.unit;
  const earlier = earlierNumbers(index, place, placed, parts.test);
  const trials = doubting.flatMap((finding) => createTrial(model, index, finding, now) ?? []);
  const doubt = doubting.some(({ severity }) => severity === 'hard')
    ? 'hard'
    : doubting.length > 0
      ? 'soft'
      : 'none';
  const slips = likelySlips(scale, { number, unit, doubt }, earlier, (moved) =>
    passesAll(trials, place, value, moved),
  );
  return slips.flatMap((slip) => toOffers(slip, placed, { ...value, unit }, context));
}

function partsAt(index: SubjectIndex, place: ValuePlace, placed: PlacedItem): MeasurementParts | null {
  const row = rowAt(index, place.event, placed.home, place.row);
  const cell = row === null ? null : visibleCell(index, row, placed);
  return row === null || cell === null ? null : partsOf(index, row, placed, cell);
}

function scaleAt(model: StudyModel, placed: PlacedItem, parts: MeasurementParts | null): Scale | null {
  if (placed.parts === null) return scaleOfItem(placed.item);
  const analyte = parts?.test == null ? undefined : model.analyte(parts.test);
  return analyte === undefined
    ? null
    : scaleOfAnalyte(analyte, parts?.qualifier ?? null, placed.item.decimals ?? 3);
}

/** Whatever doubts the number typed has nothing against this one. */
function passesAll(trials: readonly Trial[], place: ValuePlace, value: ItemValue, number: number): boolean {
  const draft = { place, value: { ...value, number, text: String(number) } };
  return trials.every((fires) => fires([draft]) !== true);
}

function toOffers(
  slip: LikelySlip,
  placed: PlacedItem,
  value: ItemValue,
  { model, language }: OfferContext,
): readonly Offer[] {
  const typed = showItem(model, placed, value, language);
  const given = showItemWithUnit(model, placed, value, language);
  if (slip.kind === 'decimal') {
    const meant = { ...value, number: slip.number, text: String(slip.number) };
    const shown = showItemWithUnit(model, placed, meant, language);
    return [
      {
        words: t('offer.decimal', { typed: given, meant: shown }),
        label: t('offer.use', { value: shown }),
        typed: editText(placed, meant, language),
      },
    ];
  }
  const units = slip.units.map((unit) => showUnit(unit, language) || unit);
  const words = t('offer.unit', {
    typed,
    unit: showUnit(value.unit ?? '1', language),
    likely: units.join(t('offer.or')),
  });
  return units.map((unit, position) => ({
    words: position === 0 ? words : '',
    label: t('offer.use', { value: unit }),
    typed: `${typed} ${unit}`,
  }));
}
