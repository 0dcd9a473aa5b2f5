/**
 * Signatures in the format of minisign (https://jedisct1.github.io/minisign/), which that program verifies: the algorithm "Ed",
 * Ed25519 over the file itself. Its newer "ED" signs the file's BLAKE2b-512, which the OpenSSL of Electron (BoringSSL) does not
 * have; `minisign -V` takes both. What is signed here is a manifest of some kilobytes, for which the newer one brings nothing.
 */
import { createHash, sign, verify } from 'node:crypto';
import { checkingKeyOf, publicKeyOf, rawKeyBytes, signingKeyOf } from './raw-keys.ts';

const algorithm = Buffer.from('Ed');
const idBytes = 8;
const signatureBytes = 64;

/** "RWQ…": as minisign's -P takes it. The key's number follows from the key: the same key never has two spellings. */
export function toPublicKeyText(publicKey: Buffer): string {
  return Buffer.concat([algorithm, keyIdOf(publicKey), publicKey]).toString('base64');
}

/** null: not a key of this kind. */
export function readPublicKeyText(text: string): Buffer | null {
  const bytes = fromBase64(text, algorithm.length + idBytes + rawKeyBytes);
  if (bytes === null) return null;
  const publicKey = bytes.subarray(-rawKeyBytes);
  return toPublicKeyText(publicKey) === text ? publicKey : null;
}

/** For reading aloud and writing down: the first half of the key's SHA-256, in groups of four. */
export function fingerprintOf(publicKey: Buffer): string {
  const digest = createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
  return digest.match(/.{4}/gu)?.join(' ') ?? '';
}

/** The text of a .minisig file. `trusted` is signed as well; one line. */
export function signFile(secret: Buffer, content: Buffer, trusted: string): string {
  const key = signingKeyOf(secret);
  const publicKey = publicKeyOf(secret, 'ed25519');
  const signature = sign(null, content, key);
  const overall = sign(null, Buffer.concat([signature, Buffer.from(trusted)]), key);
  return [
    'untrusted comment: signature from a site of Cahier',
    Buffer.concat([algorithm, keyIdOf(publicKey), signature]).toString('base64'),
    `trusted comment: ${trusted}`,
    overall.toString('base64'),
    '',
  ].join('\n');
}

/** Whether the text of a .minisig file is a signature by this key over exactly this content and its own trusted comment. */
export function isSignatureOf(text: string, publicKey: Buffer, content: Buffer): boolean {
  const lines = /^untrusted comment: [^\n]*\n([^\n]+)\ntrusted comment: ([^\n]*)\n([^\n]+)\n$/u.exec(text);
  const [, first = '', trusted = '', last = ''] = lines ?? [];
  const head = Buffer.concat([algorithm, keyIdOf(publicKey)]);
  const signed = fromBase64(first, head.length + signatureBytes);
  const overall = fromBase64(last, signatureBytes);
  if (signed === null || overall === null || !signed.subarray(0, head.length).equals(head)) return false;
  const signature = signed.subarray(head.length);
  const key = checkingKeyOf(publicKey);
  const all = Buffer.concat([signature, Buffer.from(trusted)]);
  return verify(null, content, key, signature) && verify(null, all, key, overall);
}

function keyIdOf(publicKey: Buffer): Buffer {
  return createHash('sha256').update(publicKey).digest().subarray(0, idBytes);
}

/** Only in the one spelling that its bytes have. */
function fromBase64(text: string, length: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : null;
}
