/**
 * Keys of the folder itself, in its encrypted database: the one that a site signs by, and the one that a pooling centre opens
 * bundles with. Made on first use. The trail holds the public one, from which `verify` tells that the secret one is still that.
 */
import { readMoment, type Clock } from '../../clock.ts';
import type { ReadableDb } from '../../db/open.ts';
import { toIdentity, toRecipient } from '#shared/handing-over/age-keys.ts';
import type { Actor } from '../site.ts';
import { fingerprintOf, toPublicKeyText } from './minisign.ts';
import { publicKeyOf, randomOpeningSecret, randomSigningSecret } from './raw-keys.ts';

export type KeyPurpose = 'sign' | 'open';

export interface SigningKey {
  /** minisign's form. */
  readonly publicKey: string;
  readonly fingerprint: string;
}

const selectSecret = 'SELECT secret FROM own_key WHERE purpose = ?';
const insertKey = 'INSERT INTO own_key (purpose, secret, made_at) VALUES (?, ?, ?)';

/** null: none was made yet. */
export function readSecret(db: ReadableDb, purpose: KeyPurpose): Buffer | null {
  return db.prepare<[KeyPurpose], Buffer>(selectSecret).pluck().get(purpose) ?? null;
}

/** As the trail and the pages show it. */
export function publicTextOf(purpose: KeyPurpose, secret: Buffer): string {
  return purpose === 'sign'
    ? toPublicKeyText(publicKeyOf(secret, 'ed25519'))
    : toRecipient(publicKeyOf(secret, 'x25519'));
}

export function signingKey(db: ReadableDb): SigningKey | null {
  const secret = readSecret(db, 'sign');
  if (secret === null) return null;
  const publicKey = publicKeyOf(secret, 'ed25519');
  return { publicKey: toPublicKeyText(publicKey), fingerprint: fingerprintOf(publicKey) };
}

export function ensureSigningKey(actor: Actor, clock: Clock): SigningKey {
  ensureKey(actor, clock, 'sign');
  const made = signingKey(actor.site.db);
  if (made === null) throw new Error('the signing key was not kept');
  return made;
}

/** What a site encrypts to for this pooling centre: age1…. */
export function ensureRecipient(actor: Actor, clock: Clock): string {
  return publicTextOf('open', ensureKey(actor, clock, 'open'));
}

/** AGE-SECRET-KEY-1…, for openBundle(). null: this folder has never made one. */
export function openingIdentity(db: ReadableDb): string | null {
  const secret = readSecret(db, 'open');
  return secret === null ? null : toIdentity(secret);
}

function ensureKey({ site, user, role }: Actor, clock: Clock, purpose: KeyPurpose): Buffer {
  const known = readSecret(site.db, purpose);
  if (known !== null) return known;
  const secret = purpose === 'sign' ? randomSigningSecret() : randomOpeningSecret();
  const moment = readMoment(clock);
  site.db
    .transaction(() => {
      site.db.prepare(insertKey).run(purpose, secret, moment.at);
      const detail = { purpose, public: publicTextOf(purpose, secret) };
      site.trail.note({ user, role }, moment, 'export.key-made', { detail });
    })
    .immediate();
  return secret;
}
