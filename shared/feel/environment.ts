/** What the compiler is told about the names of an expression. It knows nothing of studies: a frame is whatever the readers need. */
import type { FeelValue } from './value.ts';

export type Read<Frame> = (frame: Frame) => FeelValue;

export interface Environment<Frame> {
  /** The reader of a free name; null when there is none, which is a fault at its position. */
  readonly resolve: (name: string) => Read<Frame> | null;
  /** Functions that see the names of their arguments: previous(vs_wt), rows(ANX). They hide built-ins of the same name. */
  readonly special: ReadonlyMap<string, SpecialForm<Frame>>;
  /** What is compared with null is asked for and not needed: `x = null` has an answer without x. */
  readonly asking?: (read: Read<Frame>) => Read<Frame>;
}

export type SpecialForm<Frame> = (args: readonly SpecialArgument<Frame>[]) => SpecialResult<Frame>;

export interface SpecialArgument<Frame> {
  /** The name, when the argument is a bare name, whether it can be resolved or not. */
  readonly name: string | null;
  /** null when the argument is a name that cannot be resolved. */
  readonly read: Read<Frame> | null;
  /** The value of a literal ("PRE", 24); null for everything else. */
  readonly literal: FeelValue;
}

/**
 * `fields`: the names that a filter or a loop over the result may use, as in `rows(ANX)[anx_mg > 100]` and
 * `some r in rows(AE) satisfies r.ae_cat = "x"`; any other name there is a fault. Absent: the result holds no contexts.
 */
export type SpecialResult<Frame> =
  { readonly read: Read<Frame>; readonly fields?: ReadonlySet<string> } | { readonly fault: string };
