/**
 * The key slots of a site: the random database key, wrapped once for each person by a key from the password
 * (scrypt, then AES-256-GCM) and once by the printed recovery key. Nobody's password is the database key,
 * and the file alone opens nothing.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { refuse } from '../app-error.ts';
import { writeDurably } from './durable-file.ts';
import { toRefusal } from './disk-faults.ts';
import { normalisePassword, toUserKey } from './password-rule.ts';
import { printRecoveryKey, readRecoveryKey } from './recovery-key.ts';

/** Bounds keep a doctored file from asking for all memory; below 2^14 no file was ever written. */
const Slot = z.strictObject({
  kind: z.enum(['person', 'recovery']),
  user: z.string().max(120),
  scrypt: z.strictObject({
    N: z
      .int()
      .min(2 ** 14)
      .max(2 ** 20),
    r: z.literal(8),
    p: z.literal(1),
    salt: z.base64(),
  }),
  nonce: z.base64(),
  wrapped: z.base64(),
  tag: z.base64(),
});
type Slot = z.infer<typeof Slot>;

const KeyFile = z.strictObject({
  format: z.literal('cahier-keys'),
  version: z.literal(1),
  /** Random id of the site: part of what every slot authenticates, so that slots can't be moved between sites. */
  siteId: z.string().min(16).max(64),
  /** Shown at the sign-in page; the database holds the ones that count. */
  siteCode: z.string().max(10),
  siteName: z.string().max(200),
  practice: z.boolean(),
  slots: z.array(Slot).max(1000),
});
export type Keyring = z.infer<typeof KeyFile>;

/** 2^17 is what a site is made with; tests make theirs with less. */
export type ScryptCost = number;
export const usualCost: ScryptCost = 2 ** 17;

const keyFileName = 'keys.json';

export function hasKeyring(folder: string): boolean {
  return existsSync(path.join(folder, keyFileName));
}

export function readKeyring(folder: string): Keyring {
  let text: string;
  try {
    text = readFileSync(path.join(folder, keyFileName), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw refuse('keys-missing', {}, error);
    throw toRefusal(error) ?? error;
  }
  try {
    return KeyFile.parse(JSON.parse(text));
  } catch (error) {
    throw refuse('keys-damaged', {}, error);
  }
}

export function writeKeyring(folder: string, keyring: Keyring): void {
  // The strict schema on the way out as well: nothing but slots may ever reach this file.
  writeDurably(path.join(folder, keyFileName), `${JSON.stringify(KeyFile.parse(keyring), null, 2)}\n`);
}

export function createKeyring({
  siteCode,
  siteName,
  practice,
}: Pick<Keyring, 'siteCode' | 'siteName' | 'practice'>): Keyring {
  return {
    format: 'cahier-keys',
    version: 1,
    siteId: randomBytes(16).toString('hex'),
    siteCode,
    siteName,
    practice,
    slots: [],
  };
}

/** The keyring with a new slot for a person, in place of an earlier one. */
export async function withPerson(
  keyring: Keyring,
  user: string,
  password: string,
  key: Buffer,
  cost: ScryptCost,
): Promise<Keyring> {
  const slot = await wrap(keyring.siteId, 'person', user, normalisePassword(password), key, cost);
  return { ...keyring, slots: [...keyring.slots.filter((other) => !isSlotOf(other, user)), slot] };
}

/** The keyring with its recovery slot, and the key to print. */
export async function withRecovery(
  keyring: Keyring,
  key: Buffer,
  cost: ScryptCost,
): Promise<{ keyring: Keyring; recoveryKey: string }> {
  const recoveryKey = printRecoveryKey(randomBytes(32));
  const slot = await wrap(keyring.siteId, 'recovery', '', readRecoveryKey(recoveryKey), key, cost);
  return {
    keyring: { ...keyring, slots: [...keyring.slots.filter((other) => other.kind !== 'recovery'), slot] },
    recoveryKey,
  };
}

/** The database key and the user name as written at enrolment; null when name or password is wrong, after the same work for both. */
export async function unlockByPassword(
  keyring: Keyring,
  user: string,
  password: string,
): Promise<{ key: Buffer; user: string } | null> {
  const slot = keyring.slots.find((other) => isSlotOf(other, user));
  const decoy = keyring.slots[0];
  if (slot === undefined) {
    if (decoy !== undefined) await unwrap(keyring.siteId, decoy, normalisePassword(password));
    return null;
  }
  const key = await unwrap(keyring.siteId, slot, normalisePassword(password));
  return key === null ? null : { key, user: slot.user };
}

/** Refuses a key with a typing error; null when it is well-formed but of another site. */
export async function unlockByRecoveryKey(keyring: Keyring, typed: string): Promise<Buffer | null> {
  const secret = readRecoveryKey(typed);
  const slot = keyring.slots.find((other) => other.kind === 'recovery');
  return slot === undefined ? null : unwrap(keyring.siteId, slot, secret);
}

export function peopleOf(keyring: Keyring): readonly string[] {
  return keyring.slots.filter((slot) => slot.kind === 'person').map((slot) => slot.user);
}

function isSlotOf(slot: Slot, user: string): boolean {
  return slot.kind === 'person' && toUserKey(slot.user) === toUserKey(user);
}

const boundTo = (siteId: string, kind: Slot['kind'], user: string): Buffer =>
  Buffer.from(JSON.stringify([siteId, kind, user]));

async function wrap(
  siteId: string,
  kind: Slot['kind'],
  user: string,
  secret: string,
  key: Buffer,
  N: ScryptCost,
): Promise<Slot> {
  const salt = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(secret, salt, N), nonce).setAAD(
    boundTo(siteId, kind, user),
  );
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
  const text = (bytes: Buffer): string => bytes.toString('base64');
  return {
    kind,
    user,
    scrypt: { N, r: 8, p: 1, salt: text(salt) },
    nonce: text(nonce),
    wrapped: text(wrapped),
    tag: text(cipher.getAuthTag()),
  };
}

async function unwrap(siteId: string, slot: Slot, secret: string): Promise<Buffer | null> {
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
  const wrappingKey = await derive(secret, bytes(slot.scrypt.salt), slot.scrypt.N);
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, bytes(slot.nonce), { authTagLength: 16 });
    decipher.setAAD(boundTo(siteId, slot.kind, slot.user)).setAuthTag(bytes(slot.tag));
    return Buffer.concat([decipher.update(bytes(slot.wrapped)), decipher.final()]);
  } catch {
    // Wrong secret and altered slot look alike to an authenticated cipher, on purpose.
    return null;
  }
}

function derive(secret: string, salt: Buffer, N: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, { N, r: 8, p: 1, maxmem: 256 * N * 8 }, (error, derived) => {
      if (error === null) resolve(derived);
      else reject(error);
    });
  });
}
