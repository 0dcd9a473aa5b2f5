/** Why a file can't be decrypted. cut-short: it ends too early, or its last piece was changed. */
export type AgeFaultKind = 'not-age' | 'other-recipient' | 'changed' | 'cut-short';

export class AgeFault extends Error {
  readonly kind: AgeFaultKind;

  constructor(kind: AgeFaultKind, cause: unknown) {
    super(`age: ${kind}`, { cause });
    this.name = 'AgeFault';
    this.kind = kind;
  }
}
