/**
 * What a person typed and the main process has not confirmed yet.
 *
 *   typing ─ leaves the field ─→ waiting → saving → (gone: saved)
 *      │                            │         ├→ refused    (the reason is shown; offered to try again)
 *      ├→ unreadable                │         └→ conflict   (both values are shown; one is chosen)
 *      └────────────────────────────┴→ reason (the form is complete: why is it changed?)
 */
import type { ChangeInput, Refusal } from '#shared/bridge.ts';
import {
  editText,
  isEmpty,
  isSameValue,
  readItem,
  type Reading,
  type RowContext,
} from '#shared/item-value.ts';
import type { FormState, ItemValue, ValuePlace } from '#shared/record.ts';
import type { Draft } from '#shared/subject-index.ts';
import type { PlacedItem, StudyModel } from '#shared/study-model.ts';
import type { Language } from '#shared/study.ts';
import type { z } from 'zod';

export type DraftStage = 'typing' | 'unreadable' | 'reason' | 'waiting' | 'saving' | 'refused' | 'conflict';

export interface FieldDraft {
  readonly subject: string;
  /** Of the second entry of the form. */
  readonly isSecond: boolean;
  readonly place: ValuePlace;
  readonly typed: string;
  readonly reading: Reading;
  readonly stage: DraftStage;
  /** The version over which was typed; 0 where nothing was. */
  readonly baseVersion: number;
  readonly reason: string | null;
  readonly refusal: Refusal | null;
}

export type ChangeAsked = z.infer<typeof ChangeInput>;

/** The draft, as the engine reads it: the parts of a measurement at their own items. Nothing while it can't be read. */
export function toEngineDrafts(
  model: StudyModel,
  draft: FieldDraft,
  row: RowContext,
  language: Language,
): readonly Draft[] {
  if (!draft.reading.ok) return [];
  const own: Draft = { place: draft.place, value: draft.reading.value };
  const parts = draft.reading.spread.flatMap((part): Draft[] => {
    const placed = model.item(part.item);
    if (placed === undefined) return [];
    const reading = readItem(model, placed, part.text, language, row);
    return reading.ok ? [{ place: { ...draft.place, item: part.item }, value: reading.value }] : [];
  });
  return [own, ...parts];
}

/** Whether saving would write nothing: the same value, and no part of it meant for another item. */
export function changesNothing(reading: Reading, saved: ItemValue | null): boolean {
  if (!reading.ok || reading.spread.length > 0) return false;
  return isEmpty(reading.value) ? isEmpty(saved) : isSameValue(reading.value, saved);
}

/**
 * The change to ask for. A value goes in its canonical spelling, so that the main process reads the same whatever
 * the language of the window; a measurement goes as typed, since its parts are told apart on both sides.
 */
export function toChange(placed: PlacedItem, draft: FieldDraft): ChangeAsked {
  const { row, item } = draft.place;
  const change = {
    row,
    item,
    baseVersion: draft.baseVersion,
    ...(draft.reason === null ? {} : { reason: draft.reason }),
  };
  const value = draft.reading.ok ? draft.reading.value : null;
  if (value === null) return { ...change, value: draft.reading.ok ? null : draft.typed };
  if (value.missing !== null) return { ...change, value: null, missing: value.missing };
  if (placed.item.type === 'measurement') return { ...change, value: draft.typed };
  return { ...change, value: editText(placed, value, 'en') };
}

export function needsReason(state: FormState): boolean {
  return state !== 'empty' && state !== 'in-progress';
}

/** A locked form is unlocked elsewhere, not changed by typing. */
export function isClosed(state: FormState): boolean {
  return state === 'locked';
}

/** Somebody looked at what stands there: a change asks for that again. */
export function isReviewed(state: FormState): boolean {
  return state === 'verified' || state === 'signed';
}
