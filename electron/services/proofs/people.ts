/** Accounts, roles, settings and the site's own facts: what their rows have to be after all entries of the trail. */
import { canonicalJson, type AuditAction, type AuditDetail, type ChainedEntry } from '#shared/audit.ts';
import { rolesIn } from '#shared/people/rights.ts';
import { toUserKey } from '../../db/password-rule.ts';
import type { ReadableDb } from '../../db/open.ts';
import { mappingPrefix } from '../import/mappings.ts';
import { recoverySlotKey } from '../key-slots.ts';
import { permissionsKey } from '../rights.ts';
import { secretKey } from '../second-draw.ts';
import type { TableProof } from './table-proof.ts';

interface Account {
  readonly id: number;
  readonly user: string;
  readonly user_key: string;
  full_name: string;
  readonly created_at: number;
  disabled_at: number | null;
  password_set_at: number | null;
  must_change: number;
  slot: string | null;
}
interface Grant {
  readonly id: number;
  readonly user: string;
  readonly role: string;
  readonly granted_at: number;
  revoked_at: number | null;
}

const actions = [
  'site.created',
  'person.created',
  'person.renamed',
  'person.disabled',
  'person.enabled',
  'person.password-set',
  'role.granted',
  'role.revoked',
  'session.password-changed',
  'session.recovered',
  'setting.changed',
  'recovery-key.made',
  'permissions.installed',
] as const satisfies readonly AuditAction[];

const selectPeople =
  'SELECT id, user, user_key, full_name, created_at, disabled_at, password_set_at, must_change, slot FROM person';
const selectGrants = `
  SELECT person_role.id, person.user, person_role.role, person_role.granted_at, person_role.revoked_at
  FROM person_role JOIN person ON person.id = person_role.person_id`;
const selectMeta = 'SELECT key, value FROM meta';

export function peopleProof(): TableProof {
  const accounts = new Map<string, Account>();
  const grants: Grant[] = [];
  const meta = new Map<string, string>();
  return {
    tables: ['person', 'person_role', 'meta'],
    actions,
    read: (entry) => {
      readAccount(accounts, entry);
      readGrants(grants, entry);
      readMeta(meta, entry);
    },
    problems: (db) => [
      ...accountProblems(accounts, db),
      ...grantProblems(grants, db),
      ...metaProblems(meta, db),
    ],
  };
}

function readAccount(accounts: Map<string, Account>, { action, at, detail }: ChainedEntry): void {
  const user = textOf(detail, 'person');
  const moment = Date.parse(at);
  if (action === 'person.created') {
    accounts.set(user, {
      // Rows are never taken out, so that they are numbered in the order of the trail.
      id: accounts.size + 1,
      user,
      user_key: toUserKey(user),
      // Before accounts had a full name it was the user name.
      full_name: textOf(detail, 'fullName') || user,
      created_at: moment,
      ...{ disabled_at: null, password_set_at: null, must_change: 0, slot: null },
    });
  }
  const account = accounts.get(user);
  if (account === undefined) return;
  if (action === 'person.renamed') account.full_name = textOf(detail, 'new');
  if (action === 'person.disabled') account.disabled_at = moment;
  if (action === 'person.disabled') account.slot = null;
  if (action === 'person.enabled') account.disabled_at = null;
  // Entries from before the slot was kept say nothing about it.
  if (typeof detail?.['slot'] !== 'string') return;
  account.slot = detail['slot'];
  account.password_set_at = moment;
  account.must_change = detail['mustChange'] === true ? 1 : 0;
}

function readGrants(grants: Grant[], { action, at, detail }: ChainedEntry): void {
  const user = textOf(detail, 'person');
  const role = textOf(detail, 'role');
  const moment = Date.parse(at);
  if (action === 'person.created')
    for (const given of rolesIn(textOf(detail, 'roles')))
      grants.push({ id: grants.length + 1, user, role: given, granted_at: moment, revoked_at: null });
  if (action === 'role.granted')
    grants.push({ id: grants.length + 1, user, role, granted_at: moment, revoked_at: null });
  if (action !== 'role.revoked') return;
  for (const grant of grants)
    if (grant.user === user && grant.role === role && grant.revoked_at === null)
      grant.revoked_at = Math.max(grant.granted_at, moment);
}

function readMeta(meta: Map<string, string>, { action, detail }: ChainedEntry): void {
  if (action === 'site.created') {
    meta.set('siteCode', textOf(detail, 'site'));
    meta.set('practice', detail?.['practice'] === true ? '1' : '0');
    // Not in the trail of sites made before.
    if (typeof detail?.['siteName'] === 'string') meta.set('siteName', detail['siteName']);
  }
  if (action === 'setting.changed') meta.set(`setting.${textOf(detail, 'setting')}`, textOf(detail, 'new'));
  if (action === 'recovery-key.made') meta.set(recoverySlotKey, textOf(detail, 'slot'));
  if (action === 'permissions.installed') meta.set(permissionsKey, canonicalJson(detail ?? {}));
}

function accountProblems(accounts: ReadonlyMap<string, Account>, db: ReadableDb): readonly string[] {
  const stored = new Map(
    db
      .prepare<[], Account>(selectPeople)
      .all()
      .map((row) => [row.user, row]),
  );
  return [...new Set([...accounts.keys(), ...stored.keys()])].flatMap((user) => {
    const [expected, found] = [accounts.get(user), stored.get(user)];
    if (expected === undefined) return [`The account of ${user} is not in the trail.`];
    if (found === undefined) return [`The account of ${user} is missing; the trail has it.`];
    const columns = (Object.keys(expected) as (keyof Account)[]).filter(
      (column) => expected[column] !== found[column],
    ); // the keys of the object just built
    return columns.map((column) => `The account of ${user} differs from the trail in ${column}.`);
  });
}

/** The same role may have been given and taken several times. */
function grantProblems(grants: readonly Grant[], db: ReadableDb): readonly string[] {
  const expected = counted(grants);
  const found = counted(db.prepare<[], Grant>(selectGrants).all());
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((key) => expected.get(key)?.length !== found.get(key)?.length)
    .flatMap((key) => (expected.get(key) ?? found.get(key) ?? []).slice(0, 1))
    .map(({ user, role }) => `The role ${role} of ${user} does not follow from the trail.`);
}

function counted(grants: readonly Grant[]): Map<string, readonly Grant[]> {
  return Map.groupBy(grants, ({ id, user, role, granted_at, revoked_at }) =>
    JSON.stringify([id, user, role, granted_at, revoked_at]),
  );
}

/** Every row is explained by an entry; some by entries that other proofs read. */
function metaProblems(meta: ReadonlyMap<string, string>, db: ReadableDb): readonly string[] {
  const provenElsewhere = (key: string): boolean => key === secretKey || key.startsWith(mappingPrefix);
  // The trail of a site that was made before says nothing of its name.
  const isUntold = (key: string): boolean => key === 'siteName' && !meta.has(key);
  const stored = new Map(db.prepare<[], [string, string]>(selectMeta).raw().all());
  return [...new Set([...meta.keys(), ...stored.keys()])]
    .filter((key) => !provenElsewhere(key) && !isUntold(key) && meta.get(key) !== stored.get(key))
    .map((key) => `The entry ${key} of the site differs from the trail.`);
}

function textOf(detail: AuditDetail | null, name: string): string {
  const found = detail?.[name];
  return typeof found === 'string' ? found : '';
}
