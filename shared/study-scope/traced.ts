/** An expression evaluated with its reasons: the answers that it rests on, and what is missing when it gives nothing. */
import type { FeelValue } from '../feel/value.ts';
import type { UsedValue } from '../record.ts';
import type { StudyExpression } from '../study-model.ts';
import type { Absence } from './absence.ts';
import type { Frame } from './frame.ts';
import { distinctPlaces } from './make-finding.ts';

export interface Traced {
  readonly value: FeelValue;
  /** Every place that was looked at once, empty ones included. */
  readonly used: readonly UsedValue[];
  readonly absent: readonly Absence[];
}

export function readTraced(expression: StudyExpression, frame: Frame): Traced {
  const trace: UsedValue[] = [];
  const absent: Absence[] = [];
  const value = expression.read({ ...frame, trace, absent });
  return { value, used: distinctPlaces(trace), absent };
}
