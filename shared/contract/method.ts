/** How a method of the contract is declared, and the pieces that many inputs share. */
import { z } from 'zod';
import type { Verb } from '../permissions.ts';

export const Name = z.string().min(1).max(120);
export const Password = z.string().min(1).max(1000);
export const SubjectNumber = z.string().min(1).max(40);
export const Id = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,44}$/);
export const Row = z.int().min(1).max(9999);
export const Place = { subject: SubjectNumber, event: Id, form: Id };
export const Reason = z.string().min(1).max(2000);
export const Nothing = z.strictObject({});

export interface Method<Input extends z.ZodType, Output> {
  /** null: allowed to anybody, signed in or not. "signed-in": to everybody with a session. */
  readonly verb: Verb | 'signed-in' | null;
  readonly input: Input;
  /** Never set: carries the type. */
  readonly output?: Output;
}
/** Declares a method's input and verb here and its output type by the type argument. */
export const gives =
  <Output>() =>
  <Input extends z.ZodType>(verb: Method<Input, Output>['verb'], input: Input): Method<Input, Output> => ({
    verb,
    input,
  });
