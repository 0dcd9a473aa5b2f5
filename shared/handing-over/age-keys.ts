/** The two spellings of age's X25519 keys (https://age-encryption.org/v1): age1… receives, AGE-SECRET-KEY-1… opens. */
import { fromBech32, toBech32 } from './bech32.ts';

const publicPrefix = 'age';
const secretPrefix = 'age-secret-key-';
export const ageKeyBytes = 32;

export type RecipientFault =
  /** Does not begin with "age1". */
  | 'not-age'
  /** The secret key, which must not leave its owner. */
  | 'secret'
  /** A letter is wrong, missing or too many. */
  | 'mistyped'
  /** Of a kind that not every version of age can use: age1pq…, a plugin's, an SSH key. */
  | 'other-kind';

export type ReadRecipient =
  { readonly ok: true; readonly recipient: string } | { readonly ok: false; readonly fault: RecipientFault };

/** A recipient's key as somebody typed or pasted it. */
export function readRecipient(typed: string): ReadRecipient {
  const text = typed.trim();
  const lower = text.toLowerCase();
  if (lower.startsWith(secretPrefix)) return { ok: false, fault: 'secret' };
  if (lower.startsWith('ssh-')) return { ok: false, fault: 'other-kind' };
  if (!lower.startsWith(`${publicPrefix}1`)) return { ok: false, fault: 'not-age' };
  const read = fromBech32(lower);
  if (read === null) return { ok: false, fault: 'mistyped' };
  const isOurs = read.prefix === publicPrefix && read.bytes.length === ageKeyBytes;
  return isOurs ? { ok: true, recipient: lower } : { ok: false, fault: 'other-kind' };
}

export function toRecipient(publicKey: Uint8Array): string {
  return toBech32({ prefix: publicPrefix, bytes: publicKey });
}

export function toIdentity(secretKey: Uint8Array): string {
  return toBech32({ prefix: secretPrefix, bytes: secretKey }).toUpperCase();
}

/** null: not a secret key of this kind. */
export function readIdentity(text: string): Uint8Array | null {
  const read = fromBech32(text.trim());
  return read?.prefix === secretPrefix && read.bytes.length === ageKeyBytes ? read.bytes : null;
}
