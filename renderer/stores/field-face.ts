/**
 * The face of a field: one of twelve, told by icon, word and colour.
 *
 *   draft       finding         value          → face
 *   not saved   any             any              not-saved (unreadable, refused, in conflict, or a reason is owed)
 *   any         hard            any              hard
 *   any         soft, open      any              soft
 *   typed       none            any              typed
 *   none        no open one     any              query (a query is open)
 *   none        soft, confirmed any              confirmed
 *   none        none            any              answered (the queries that are not closed have their answers)
 *   none        none            missing reason   missing
 *   none        none            answered         saved     (locked, when the form can't be changed)
 *   none        none            empty            required, empty or locked
 */
import { isEmpty } from '#shared/item-value.ts';
import type { Query } from '#shared/query.ts';
import type { Finding, ItemValue } from '#shared/record.ts';
import type { FieldDraft } from './field-draft.ts';

export type FieldFace =
  | 'empty'
  | 'required'
  | 'typed'
  | 'not-saved'
  | 'saved'
  | 'soft'
  | 'hard'
  | 'query'
  | 'confirmed'
  | 'answered'
  | 'missing'
  | 'locked';

export interface FieldFacts {
  readonly draft: Pick<FieldDraft, 'stage'> | null;
  readonly value: ItemValue | null;
  readonly findings: readonly Pick<Finding, 'severity' | 'status'>[];
  /** Of those that are not closed. */
  readonly queries: readonly Pick<Query, 'state'>[];
  readonly isRequired: boolean;
  readonly isLocked: boolean;
}

export function faceOf(facts: FieldFacts): FieldFace {
  const { draft, findings, value } = facts;
  if (draft !== null && isStuck(draft)) return 'not-saved';
  if (findings.some((finding) => finding.severity === 'hard')) return 'hard';
  if (findings.some((finding) => finding.severity === 'soft' && finding.status === 'open')) return 'soft';
  if (draft !== null) return 'typed';
  if (facts.queries.some(({ state }) => state === 'open')) return 'query';
  if (findings.some((finding) => finding.severity === 'soft')) return 'confirmed';
  if (facts.queries.length > 0) return 'answered';
  if (value !== null && value.missing !== null) return 'missing';
  if (facts.isLocked) return 'locked';
  if (!isEmpty(value)) return 'saved';
  return facts.isRequired ? 'required' : 'empty';
}

/** It stays unsaved until a person does something. */
export function isStuck(draft: Pick<FieldDraft, 'stage'>): boolean {
  return (
    draft.stage === 'unreadable' ||
    draft.stage === 'reason' ||
    draft.stage === 'refused' ||
    draft.stage === 'conflict'
  );
}

/** The finding that speaks in the field's own line: hard before open soft before confirmed before information. */
export function leadingFinding<F extends Pick<Finding, 'severity' | 'status'>>(
  findings: readonly F[],
): F | null {
  return [...findings].sort((one, other) => weight(one) - weight(other))[0] ?? null;
}

export function weight(finding: Pick<Finding, 'severity' | 'status'>): number {
  if (finding.severity === 'hard') return 0;
  if (finding.severity === 'information') return 3;
  return finding.status === 'open' ? 1 : 2;
}
