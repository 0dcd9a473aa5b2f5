/**
 * Refusals that a person can act on. Every sentence says what is so and what to do, and carries no patient value.
 * The window shows its own words by the key, under "refusal" in its locales; the command line prints these.
 */
import type { Refusal } from '#shared/bridge.ts';
import { refusals } from './refusals.ts';

export type RefusalKey = keyof typeof refusals;
export type RefusalParams = Readonly<Record<string, string | number>>;

/** Thrown by services, turned into the envelope's error by dispatch and into a message by the command line. */
export class AppError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.message, options);
    this.name = 'AppError';
    this.refusal = refusal;
  }
}

/** The error to throw for a refusal of the table above. */
export function refuse(key: RefusalKey, params: RefusalParams = {}, cause?: unknown): AppError {
  const [code, sentence] = refusals[key];
  const message = sentence.replace(/\{(\w+)\}/gu, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
  const reference = code === 'internal' ? { reference: String(params['reference'] ?? '') } : {};
  return new AppError(
    { code, key, params, message, ...reference },
    cause === undefined ? undefined : { cause },
  );
}
