/** Where an expression stands when it is evaluated: everything that a name in it can mean is reached from here. */
import type { UsedValue } from '../record.ts';
import type { Absence } from './absence.ts';
import type { PlacedForm, PlacedGroup, PlacedItem } from '../study-model.ts';
import type { FormInstance, GroupRow, SubjectIndex } from '../subject-index.ts';

export interface Frame {
  readonly index: SubjectIndex;
  /** Minutes of local wall-clock time since 1970-01-01T00:00, as FEEL counts them. */
  readonly now: number;
  /** null in expressions about the subject as a whole. */
  readonly instance: FormInstance | null;
  /** The row, in expressions of a repeating group. */
  readonly row: GroupRow | null;
  /** The value that a check of `each: value` looks at; its row is `row`. */
  readonly subjectItem: PlacedItem | null;
  /** When set, every value that is looked at is written down here. */
  readonly trace: UsedValue[] | null;
  /** When set, what was looked for and not found is written down here, for why a result is not evaluable. */
  readonly absent: Absence[] | null;
}

/** Where an expression is written; it decides what a bare name can mean. */
export type Home =
  | { readonly kind: 'row'; readonly group: PlacedGroup }
  | { readonly kind: 'form'; readonly form: PlacedForm }
  | { readonly kind: 'subject' }
  | { readonly kind: 'value' };

export function homeOf(group: PlacedGroup): Home {
  return group.group.repeating ? { kind: 'row', group } : { kind: 'form', form: group.home };
}

export function frameAt(
  index: SubjectIndex,
  now: number,
  instance: FormInstance | null,
  row: GroupRow | null,
): Frame {
  return { index, now, instance, row, subjectItem: null, trace: null, absent: null };
}
