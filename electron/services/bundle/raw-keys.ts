/** Keys of curve 25519 as their 32 bytes, which is how age and minisign write them; node:crypto wants them in DER (RFC 8410). */
import { createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';

export const rawKeyBytes = 32;

const secretHead = {
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
} as const;
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');

export function signingKeyOf(secret: Buffer): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([secretHead.ed25519, secret]),
    format: 'der',
    type: 'pkcs8',
  });
}

export function checkingKeyOf(publicKey: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicHead, publicKey]), format: 'der', type: 'spki' });
}

export function publicKeyOf(secret: Buffer, curve: 'ed25519' | 'x25519'): Buffer {
  const key = createPrivateKey({
    key: Buffer.concat([secretHead[curve], secret]),
    format: 'der',
    type: 'pkcs8',
  });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-rawKeyBytes);
}

export function randomSigningSecret(): Buffer {
  return randomBytes(rawKeyBytes);
}

/** Clamped as RFC 7748 uses it: five of its bits don't count, and one public key has one secret this way. */
export function randomOpeningSecret(): Buffer {
  return clamped(randomBytes(rawKeyBytes));
}

export function clamped(secret: Buffer): Buffer {
  const bits = Buffer.from(secret);
  bits[0] = (bits[0] ?? 0) & 0xf8;
  bits[31] = ((bits[31] ?? 0) & 0x7f) | 0x40;
  return bits;
}
