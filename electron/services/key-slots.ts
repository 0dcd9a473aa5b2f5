/**
 * The key file and the database change together, although no transaction spans both. The database is the one that
 * decides: person.slot names the slot of keys.json that counts, and COMMIT is the moment at which a password is replaced.
 *
 * | step                               | a crash after it leaves                  | and then                                        |
 * | 1  the new slot joins the old one  | two slots, the database names the old    | the old password works, the new one is refused  |
 * | 2  COMMIT: trail entry, new name   | two slots, the database names the new    | the new password works, the old one is refused  |
 * | 3  the old slot leaves the file    | one slot                                 | as after 2                                      |
 *
 * A person is therefore never shut out by a crash, nor let in by a password that the trail says was replaced. Closing an
 * account is steps 2 and 3: after 2 the slot still opens the file, but nobody is let in who is disabled in the database.
 * What 3 left behind is swept away at the next opening, whoever opens, even if it is the disabled person who tries.
 * An old copy of keys.json put back brings no old password back: its slots are not the ones that the database names.
 * The database key itself stays the same: whoever copied the whole folder while they had access keeps that copy.
 */
import {
  peopleOf,
  readKeyring,
  recoverySlotsOf,
  slotId,
  slotsOf,
  writeKeyring,
  type Keyring,
  type Slot,
} from '../db/keyring.ts';
import { toUserKey } from '../db/password-rule.ts';
import type { ReadableDb } from '../db/open.ts';
import type { Site } from './site.ts';

export const recoverySlotKey = 'recoverySlot';

const selectAccounts = 'SELECT user_key AS key, slot, disabled_at AS disabledAt FROM person';
const selectRecoverySlot = 'SELECT value FROM meta WHERE key = ?';

type OpenFolder = Pick<Site, 'folder' | 'db'>;

/** `record` writes the rows and the trail entry that go with the slot; all of it stands, or nothing. */
export function putSlot(site: OpenFolder, slot: Slot, record: (slot: string) => void): void {
  const keyring = readKeyring(site.folder);
  writeKeyring(site.folder, { ...keyring, slots: [...keyring.slots, slot] });
  try {
    site.db
      .transaction(() => {
        record(slotId(slot));
      })
      .immediate();
  } finally {
    trySweep(site);
  }
}

/** Removes every slot that the database does not let in. Writes only when there is one. */
export function sweepSlots({ folder, db }: OpenFolder): void {
  const keyring = readKeyring(folder);
  const counting = new Set([...accountSlots(db, keyring), ...recoverySlots(db, keyring)]);
  const slots = keyring.slots.filter((slot) => counting.has(slotId(slot)));
  if (slots.length < keyring.slots.length) writeKeyring(folder, { ...keyring, slots });
}

export function trySweep(site: OpenFolder): void {
  try {
    sweepSlots(site);
  } catch {
    // A full disk or a read-only key file: what should leave it is refused by the database all the same, and tried again at the next opening.
  }
}

/** Whether a slot that was opened is the one that the database names for the person. */
export function isOwnSlot(db: ReadableDb, keyring: Keyring, user: string, slot: string): boolean {
  const recorded = db
    .prepare<[string], string | null>('SELECT slot FROM person WHERE user_key = ?')
    .pluck()
    .get(toUserKey(user));
  return slot === (recorded ?? firstOf(slotsOf(keyring, user)));
}

/** A recovery slot that the database does not name counts only where the named one is missing: it is the last way in. */
export function isRecoverySlot(db: ReadableDb, keyring: Keyring, slot: string): boolean {
  return recoverySlots(db, keyring).includes(slot);
}

/** Enabled people without a slot in the key file that counts, by the key of their names. */
export function withoutSlot({ folder, db }: OpenFolder): ReadonlySet<string> {
  const keyring = readKeyring(folder);
  const present = new Set(keyring.slots.map(slotId));
  return new Set(
    accountsOf(db)
      .filter(({ key, slot }) => (slot === null ? slotsOf(keyring, key).length === 0 : !present.has(slot)))
      .map(({ key }) => key),
  );
}

interface AccountSlot {
  readonly key: string;
  readonly slot: string | null;
  readonly disabledAt: number | null;
}
function accountsOf(db: ReadableDb): readonly AccountSlot[] {
  return db.prepare<[], AccountSlot>(selectAccounts).all();
}

/**
 * A slot of an enabled person that the database does not name stays while the named one is missing: somebody may have put
 * an older key file beside a newer database, and will put the right one back.
 */
function accountSlots(db: ReadableDb, keyring: Keyring): readonly string[] {
  const accounts = new Map(accountsOf(db).map((account) => [account.key, account]));
  return peopleOf(keyring).flatMap((user) => {
    const account = accounts.get(toUserKey(user));
    if (account?.disabledAt !== null) return [];
    const ids = slotsOf(keyring, user).map(slotId);
    const named = account.slot ?? ids[0];
    return named !== undefined && ids.includes(named) ? [named] : ids;
  });
}

function recoverySlots(db: ReadableDb, keyring: Keyring): readonly string[] {
  const ids = recoverySlotsOf(keyring).map(slotId);
  const named = db.prepare<[string], string>(selectRecoverySlot).pluck().get(recoverySlotKey) ?? ids[0];
  return named !== undefined && ids.includes(named) ? [named] : ids;
}

function firstOf(slots: readonly Slot[]): string | undefined {
  const [first] = slots;
  return first === undefined ? undefined : slotId(first);
}
