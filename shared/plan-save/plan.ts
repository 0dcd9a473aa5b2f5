/** What a plan is: rows to write and states to set, or a refusal. Whoever holds the database carries it out as it stands. */
import type { RefusalCode } from '../bridge.ts';
import type {
  Finding,
  FormState,
  ItemValue,
  LocalMinute,
  Origin,
  RecordedValue,
  SubjectRecord,
  ValuePlace,
} from '../record.ts';
import type { Language, Phase } from '../study.ts';
import type { SubjectIndex } from '../subject-index.ts';

export interface SaveContext {
  /** What expressions see as now(). */
  readonly now: LocalMinute;
  /** findingKey → confirmationBasis of the findings that a person confirmed. */
  readonly confirmed: ReadonlyMap<string, string>;
  readonly origin: Origin;
  /** In which findings are looked for, when it is not the one of the origin. */
  readonly phase?: Phase;
  /** Of the typist: labels are looked up in it first. */
  readonly language: Language;
  /** The record as the save before this one left it, when nothing has changed it since: the same plan, sooner. */
  readonly standing?: Standing | null;
}

/**
 * One row of the table of values, and one entry of the trail.
 * set: the value changes, version + 1. parking: the value stays, the flag changes, same version.
 * removed: the row of its group goes; the value leaves the table and stays in the trail.
 */
export interface ValueWrite extends ValuePlace {
  readonly kind: 'set' | 'parking' | 'removed';
  readonly old: ItemValue | null;
  /** null when emptied; the place and its version stay. */
  readonly new: ItemValue | null;
  /** 0 when there was nothing. */
  readonly oldVersion: number;
  readonly version: number;
  readonly derived: boolean;
  readonly parked: boolean;
  readonly wasParked: boolean;
  readonly origin: Origin;
  readonly reason: string | null;
}

export interface FormStateChange {
  readonly event: string;
  readonly form: string;
  readonly from: FormState;
  readonly to: FormState;
  /** Why a person moved it, where one was asked. */
  readonly reason?: string;
  /** The first of its values that changed, where that took its review back, and the change that reached it. */
  readonly cause?: { readonly changed: ValuePlace; readonly by: ValuePlace };
}

export interface AcceptedPlan {
  readonly ok: true;
  /** Typed ones in the order of the changes, then those of the application, the calculated and the parked ones. */
  readonly writes: readonly ValueWrite[];
  readonly formStates: readonly FormStateChange[];
  /** All findings of the subject once the plan is carried out. */
  readonly findings: readonly Finding[];
  /** Of the form of the first change. */
  readonly formState: FormState;
  /** The subject once the plan is carried out. */
  readonly record: SubjectRecord;
  readonly values: ReadonlyMap<string, RecordedValue>;
  readonly index: SubjectIndex;
  /** In which the findings were looked for, and when: within that minute the clock says nothing new. */
  readonly phase: Phase;
  readonly now: LocalMinute;
}

/** A subject as a save left it: what the next one need not read and work out again. */
export type Standing = Pick<AcceptedPlan, 'record' | 'values' | 'index' | 'findings' | 'phase' | 'now'>;

/** Keys of the sentences under "refusal" in the window's locales. */
export const planRefusalKeys = [
  'no-such-event',
  'no-such-form',
  'no-such-group',
  'no-such-item',
  'no-such-row',
  'no-such-missing-reason',
  'form-not-in-event',
  'form-is-closed',
  'form-is-empty',
  'form-is-complete-already',
  'form-has-open-items',
  'change-reaches-closed-form',
  'item-is-calculated',
  'item-is-system',
  'value-and-missing',
  'value-unreadable',
  'value-changed-meanwhile',
  'said-twice',
  'reason-needed',
  'reason-words-needed',
] as const;
export type PlanRefusalKey = (typeof planRefusalKeys)[number];

export interface PlanRefusal {
  readonly code: RefusalCode;
  readonly key: PlanRefusalKey;
  readonly params: Readonly<Record<string, string | number>>;
  readonly message: string;
  readonly place?: ValuePlace;
}
export interface RefusedPlan {
  readonly ok: false;
  readonly refusal: PlanRefusal;
}
export type SavePlan = AcceptedPlan | RefusedPlan;

export function refuse(
  code: RefusalCode,
  key: PlanRefusalKey,
  message: string,
  params: Readonly<Record<string, string | number>> = {},
  place?: ValuePlace,
): RefusedPlan {
  return { ok: false, refusal: { code, key, params, message, ...(place === undefined ? {} : { place }) } };
}
