/**
 * The key slots of a site: the random database key, wrapped once for each person by a key from the password
 * (scrypt, then AES-256-GCM) and once by the printed recovery key. Nobody's password is the database key,
 * and the file alone opens nothing.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '#shared/audit/canonical-json.ts';
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
export type Slot = z.infer<typeof Slot>;

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

export const keyFileName = 'keys.json';

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

/** A slot for a person, not yet in any file. */
export function createSlot(
  { siteId }: Pick<Keyring, 'siteId'>,
  user: string,
  password: string,
  key: Buffer,
  cost: ScryptCost,
): Promise<Slot> {
  return wrap(siteId, 'person', user, normalisePassword(password), key, cost);
}

/** A recovery slot, not yet in any file, and the key to print. */
export async function createRecoverySlot(
  { siteId }: Pick<Keyring, 'siteId'>,
  key: Buffer,
  cost: ScryptCost,
): Promise<{ slot: Slot; recoveryKey: string }> {
  const recoveryKey = printRecoveryKey(randomBytes(32));
  return {
    slot: await wrap(siteId, 'recovery', '', readRecoveryKey(recoveryKey), key, cost),
    recoveryKey,
  };
}

/** The keyring with a new slot for a person, in place of earlier ones. */
export async function withPerson(
  keyring: Keyring,
  user: string,
  password: string,
  key: Buffer,
  cost: ScryptCost,
): Promise<Keyring> {
  const slot = await createSlot(keyring, user, password, key, cost);
  return { ...keyring, slots: [...keyring.slots.filter((other) => !isSlotOf(other, user)), slot] };
}

/** The keyring with its recovery slot, and the key to print. */
export async function withRecovery(
  keyring: Keyring,
  key: Buffer,
  cost: ScryptCost,
): Promise<{ keyring: Keyring; recoveryKey: string }> {
  const { slot, recoveryKey } = await createRecoverySlot(keyring, key, cost);
  return {
    keyring: { ...keyring, slots: [...keyring.slots.filter((other) => other.kind !== 'recovery'), slot] },
    recoveryKey,
  };
}

/** What the database knows a slot by. */
export function slotId(slot: Slot): string {
  return createHash('sha256').update(canonicalJson(slot), 'utf8').digest('hex').slice(0, 32);
}

/** While a password is being replaced there are two. */
export function slotsOf(keyring: Keyring, user: string): readonly Slot[] {
  return keyring.slots.filter((slot) => isSlotOf(slot, user));
}
export function recoverySlotsOf(keyring: Keyring): readonly Slot[] {
  return keyring.slots.filter(({ kind }) => kind === 'recovery');
}

/** Database key, user name as written at enrolment, and slot; null when name or password is wrong, after the same work for both. */
export async function unlockByPassword(
  keyring: Keyring,
  user: string,
  password: string,
): Promise<{ key: Buffer; user: string; slot: string } | null> {
  const own = slotsOf(keyring, user);
  const secret = normalisePassword(password);
  const decoy = keyring.slots[0];
  if (own.length === 0 && decoy !== undefined) await unwrap(keyring.siteId, decoy, secret);
  for (const slot of own) {
    const key = await unwrap(keyring.siteId, slot, secret);
    if (key !== null) return { key, user: slot.user, slot: slotId(slot) };
  }
  return null;
}

/** Refuses a key with a typing error; null when it is well-formed but of another site. */
export async function unlockByRecoveryKey(
  keyring: Keyring,
  typed: string,
): Promise<{ key: Buffer; slot: string } | null> {
  const secret = readRecoveryKey(typed);
  for (const slot of recoverySlotsOf(keyring)) {
    const key = await unwrap(keyring.siteId, slot, secret);
    if (key !== null) return { key, slot: slotId(slot) };
  }
  return null;
}

export function peopleOf(keyring: Keyring): readonly string[] {
  return [...new Set(keyring.slots.filter((slot) => slot.kind === 'person').map((slot) => slot.user))];
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
