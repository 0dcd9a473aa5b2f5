/** Keys for handing over: the secret ones give the public ones of the trail, and recipients are those that were added and not removed. */
import type { ReadableDb } from '../../db/open.ts';
import { publicTextOf, type KeyPurpose } from '../bundle/own-keys.ts';
import { clamped } from '../bundle/raw-keys.ts';
import type { TableProof } from './table-proof.ts';

interface StoredKey {
  readonly purpose: KeyPurpose;
  readonly secret: Buffer;
  readonly made_at: number;
}
interface Row {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly added_at: number;
  removed_at: number | null;
}

const selectKeys = 'SELECT purpose, secret, made_at FROM own_key';
const selectRecipients = 'SELECT id, key, name, added_at, removed_at FROM recipient';

export function createHandingOverProof(): TableProof {
  const keys = new Map<string, { readonly text: string; readonly at: number }>();
  const recipients: Row[] = [];
  return {
    tables: ['own_key', 'recipient'],
    actions: ['export.key-made', 'export.recipient-added', 'export.recipient-removed'],
    read: ({ action, at, detail }) => {
      const moment = Date.parse(at);
      const key = String(detail?.['key']);
      if (action === 'export.key-made')
        keys.set(String(detail?.['purpose']), { text: String(detail?.['public']), at: moment });
      else if (action === 'export.recipient-added')
        recipients.push({
          // Rows are never taken out, so that they are numbered in the order of the trail.
          ...{ id: recipients.length + 1, key, name: String(detail?.['name']) },
          ...{ added_at: moment, removed_at: null },
        });
      else {
        const current = recipients.find((row) => row.key === key && row.removed_at === null);
        if (current !== undefined) current.removed_at = Math.max(current.added_at, moment);
      }
    },
    problems: (db) => [...keyProblems(keys, db), ...recipientProblems(recipients, db)],
  };
}

function keyProblems(
  expected: ReadonlyMap<string, { readonly text: string; readonly at: number }>,
  db: ReadableDb,
): readonly string[] {
  const stored = new Map<string, StoredKey>(
    db
      .prepare<[], StoredKey>(selectKeys)
      .all()
      .map((key) => [key.purpose, key]),
  );
  return [...new Set([...expected.keys(), ...stored.keys()])].flatMap((purpose) => {
    const [told, found] = [expected.get(purpose), stored.get(purpose)];
    const follows = told !== undefined && found?.made_at === told.at && isSecretOf(found, told.text);
    return follows ? [] : [`The key for handing over "${purpose}" does not follow from the trail.`];
  });
}

function isSecretOf({ purpose, secret }: StoredKey, text: string): boolean {
  const isPlain = purpose === 'sign' || clamped(secret).equals(secret);
  return isPlain && publicTextOf(purpose, secret) === text;
}

function recipientProblems(expected: readonly Row[], db: ReadableDb): readonly string[] {
  const [told, found] = [expected, db.prepare<[], Row>(selectRecipients).all()].map(
    (rows) =>
      new Set(
        rows.map(({ id, key, name, ...at }) => JSON.stringify([id, key, name, at.added_at, at.removed_at])),
      ),
  );
  const differing = [...(told ?? [])].filter((row) => found?.has(row) !== true).length;
  const unknown = [...(found ?? [])].filter((row) => told?.has(row) !== true).length;
  return differing + unknown === 0 ? [] : ['A recipient of bundles does not follow from the trail.'];
}
