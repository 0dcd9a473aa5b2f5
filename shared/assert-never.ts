/**
 * Ends a `switch` over a union: a member that was forgotten is a compile error here, not a silent fall-through.
 * The value is not part of the message, because errors are logged and values may be a patient's.
 */
export function assertNever(value: never): never {
  throw new Error(`A ${typeof value} of a kind that has no case here`);
}
