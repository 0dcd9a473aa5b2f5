/** The window's side of the contract: a call gives its value, or throws the refusal that the main process answered. */
import type { Bridge, MethodInput, MethodName, MethodOutput, Refusal } from '#shared/bridge.ts';

declare global {
  interface Window {
    readonly cahier: Bridge;
  }
}

/** A refusal on its way to whoever shows it. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'RefusedError';
    this.refusal = refusal;
  }
}

export async function call<M extends MethodName>(name: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
  const answer = await window.cahier[name](input);
  if (answer.ok) return answer.value;
  throw new RefusedError(answer.error);
}

/** What went wrong, in the one shape that is shown. Anything but a refusal is a fault of the window itself. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof RefusedError) return error.refusal;
  console.error(error);
  return {
    code: 'internal',
    key: 'window-fault',
    params: {},
    message: 'Something unexpected happened in the window. What was saved is safe; repeat the last step.',
  };
}
