/** Authenticates a small file beside the database by a key that follows from the database's: it can't be edited unseen. */
import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA-256, lower-case hex. `purpose` keeps the mark of one kind of file from passing for another's. */
export function macOf(key: Buffer, purpose: string, text: string): string {
  return createMac(key, purpose)(text);
}

/** The same for many texts: deriving the key costs more than the mark. */
export function createMac(key: Buffer, purpose: string): (text: string) => string {
  const own = createSecretKey(Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `cahier ${purpose}`, 32)));
  return (text) => createHmac('sha256', own).update(text).digest('hex');
}

export function isMacOf(given: string, key: Buffer, purpose: string, text: string): boolean {
  const [own, other] = [Buffer.from(macOf(key, purpose, text)), Buffer.from(given)];
  return own.length === other.length && timingSafeEqual(own, other);
}
