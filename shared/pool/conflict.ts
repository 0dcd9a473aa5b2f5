/**
 * The conflict book of a pooled folder: what a delivery says otherwise than it should, or otherwise than was delivered
 * before, each with what the pool holds, what came, and what is proposed. What is proposed is in force until somebody
 * decides otherwise; a decision holds for the next delivery as long as the same comes again.
 */
import { canonicalJson } from '../audit/canonical-json.ts';
import { assertNever } from '../assert-never.ts';
import type { ItemValue, ValuePlace } from '../record.ts';
import type { Text } from '../study.ts';

export const conflictKinds = [
  /** Two subjects who agree in all traits by which the study tells children apart. */
  'same-child',
  /** One number that two children have, within a site or because two sites use one code. */
  'same-number',
  /** A code that is in no list of the study. */
  'code',
  /** A unit that the study can't convert. */
  'unit',
  /** The workbook was made with another version of the study definition. */
  'definition',
  /** A value that is another one than was delivered before. */
  'changed',
  /** A value or a subject that was delivered before and no longer is. */
  'withdrawn',
  /** A cell that was changed by hand after the export: the sheet's own trail says something else. */
  'edited',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/**
 * pooled: what the pool holds stays. incoming: what came is taken. other: a value given by who decides.
 * Of a child: distinct, both are kept; of a number that two have: incoming takes the second under the site's other code.
 */
export const conflictChoices = ['pooled', 'incoming', 'other', 'distinct'] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

/** What can be decided, the proposal first. */
export function choicesOf(kind: ConflictKind): readonly [ConflictChoice, ...ConflictChoice[]] {
  switch (kind) {
    case 'same-child':
      return ['distinct', 'pooled', 'incoming'];
    case 'same-number':
      return ['pooled', 'incoming'];
    case 'code':
    case 'unit':
      return ['pooled', 'incoming', 'other'];
    case 'definition':
      return ['pooled', 'incoming'];
    case 'changed':
    case 'withdrawn':
      return ['incoming', 'pooled'];
    case 'edited':
      return ['pooled', 'incoming'];
    default:
      return assertNever(kind);
  }
}

export const proposalOf = (kind: ConflictKind): ConflictChoice => choicesOf(kind)[0];

/** Kinds for which the file is kept out until all of them are decided. */
export const holding: ReadonlySet<ConflictKind> = new Set(['definition', 'edited']);

/** open: the proposal is in force. settled: the next delivery no longer brings it. */
export type ConflictState = 'open' | 'decided' | 'settled';

/** Where it is; parts that it is not about are null. */
export interface ConflictPlace {
  readonly site: string;
  readonly subject: string | null;
  readonly event: string | null;
  readonly form: string | null;
  readonly row: number | null;
  readonly item: string | null;
}

/** What tells one conflict from every other. */
export interface ConflictMatter extends ConflictPlace {
  readonly kind: ConflictKind;
  /** The other child, or the other site. */
  readonly other: string | null;
}

export interface FoundConflict extends ConflictMatter {
  /** Values for what is about a value; else words that say what differs, without a value of a subject. */
  readonly pooled: ItemValue | string | null;
  readonly incoming: ItemValue | string | null;
}

export interface Conflict extends FoundConflict {
  readonly id: number;
  readonly state: ConflictState;
  readonly proposal: ConflictChoice;
  readonly decision: ConflictChoice | null;
  /** With the decision "other". */
  readonly value: ItemValue | null;
  readonly decidedBy: string | null;
  /** UTC, ISO 8601. */
  readonly decidedAt: string | null;
  readonly reason: string | null;
  readonly foundAt: string;
  readonly delivery: number;
}

/** One conflict for one matter, however often it is delivered. */
export function conflictKey({ kind, site, subject, event, form, row, item, other }: ConflictMatter): string {
  // Two children are one pair, whichever of them was delivered first.
  const pair = kind === 'same-child' && subject !== null && other !== null ? [subject, other].sort() : null;
  const [one, two] = pair ?? [subject, other];
  return [kind, pair === null ? site : '', one, event, form, row, item, two]
    .map((part) => part ?? '')
    .join('|');
}

/** One text for one content, as it is kept. A decision holds as long as the same comes again; then something else is asked. */
export function contentText(content: ItemValue | string | null): string | null {
  return content === null ? null : canonicalJson(content);
}

export function valueConflict(
  kind: 'code' | 'unit' | 'changed' | 'withdrawn' | 'edited',
  site: string,
  subject: string,
  { event, form, row, item }: ValuePlace,
  pooled: ItemValue | null,
  incoming: ItemValue | null,
): FoundConflict {
  return { kind, site, subject, event, form, row, item, other: null, pooled, incoming };
}

/** The kind in a few words, for lists and for the sheet. */
export const kindWords: Readonly<Record<ConflictKind, Text>> = {
  'same-child': { en: 'Probably one child, twice', fr: 'Probablement un enfant, deux fois' },
  'same-number': { en: 'One number, two children', fr: 'Un numéro, deux enfants' },
  code: { en: 'Code in no list', fr: 'Code hors liste' },
  unit: { en: 'Unit that cannot be converted', fr: 'Unité non convertible' },
  definition: { en: 'Other study definition', fr: 'Autre définition de l’étude' },
  changed: { en: 'Changed since the last delivery', fr: 'Modifié depuis le dernier envoi' },
  withdrawn: { en: 'Withdrawn since the last delivery', fr: 'Retiré depuis le dernier envoi' },
  edited: { en: 'Edited by hand after the export', fr: 'Modifié à la main après l’export' },
};
