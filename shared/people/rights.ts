/**
 * Who held which role from when to when: folded from the trail alone, so that what today's tables say, and what
 * anybody made of them, plays no part in the answer for a past day.
 */
import type { AuditAction, AuditDetail, AuditEntry } from '../audit/entry.ts';
import { roles as allRoles, verbs as allVerbs, verbsOf, type Role, type Verb } from '../permissions.ts';
import type { PersonRights } from '../people.ts';

/** Times are UTC, ISO 8601; null: still so at the newest entry. */
export interface TimedRole {
  readonly role: Role;
  readonly from: string;
  readonly until: string | null;
}

/** The entries that the fold reads. */
export const rightsActions = [
  'person.created',
  'person.renamed',
  'person.disabled',
  'person.enabled',
  'role.granted',
  'role.revoked',
  'permissions.installed',
] as const satisfies readonly AuditAction[];

interface Account {
  fullName: string;
  readonly createdAt: string;
  isDisabled: boolean;
  /** Granted and not revoked, whether the account is enabled or not. */
  readonly held: Set<Role>;
  readonly spans: { role: Role; from: string; until: string | null }[];
}
interface Table {
  readonly from: string;
  readonly verbs: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The rights of everybody who had an account before `end`, with the roles of the time from `start` on. Both are UTC,
 * ISO 8601; entries from `end` on are not read. Ordered by user name.
 */
export function rightsBetween(
  entries: Iterable<Pick<AuditEntry, 'at' | 'action' | 'detail'>>,
  start: string,
  end: string,
): readonly PersonRights[] {
  const accounts = new Map<string, Account>();
  const tables: Table[] = [];
  for (const entry of entries) {
    if (entry.at >= end) continue;
    if (entry.action === 'permissions.installed') tables.push(toTable(entry.at, entry.detail));
    else fold(accounts, entry);
  }
  // The table in force at the beginning of the time, and those that came into force within it.
  const before = tables.findLast(({ from }) => from <= start);
  const inForce = tables.filter((table) => table === before || table.from > start);
  return [...accounts]
    .map(([user, account]) => rightsOf(user, account, start, inForce))
    .sort((one, other) => (one.user < other.user ? -1 : 1));
}

function rightsOf(
  user: string,
  { fullName, spans }: Account,
  start: string,
  tables: readonly Table[],
): PersonRights {
  const roles = spans.filter(({ from, until }) => until === null || (until > start && until > from));
  const held = [...new Set(roles.map(({ role }) => role))];
  const verbsAreToday = tables.length === 0;
  const recorded = (verb: Verb): boolean =>
    tables.some(({ verbs }) => held.some((role) => verbs.get(role)?.has(verb)));
  return {
    user,
    fullName,
    roles,
    verbs: verbsAreToday ? verbsOf(held) : allVerbs.filter(recorded),
    verbsAreToday,
  };
}

function fold(
  accounts: Map<string, Account>,
  { at, action, detail }: Pick<AuditEntry, 'at' | 'action' | 'detail'>,
): void {
  const user = textOf(detail, 'person');
  if (action === 'person.created') {
    const account: Account = {
      fullName: textOf(detail, 'fullName') || user,
      createdAt: at,
      isDisabled: false,
      held: new Set(),
      spans: [],
    };
    accounts.set(user, account);
    for (const role of rolesIn(textOf(detail, 'roles'))) grant(account, role, at);
    return;
  }
  const account = accounts.get(user);
  if (account === undefined) return;
  const role = allRoles.find((known) => known === detail?.['role']);
  if (action === 'person.renamed') account.fullName = textOf(detail, 'new');
  else if (action === 'role.granted' && role !== undefined) grant(account, role, at);
  else if (action === 'role.revoked' && role !== undefined) {
    account.held.delete(role);
    endSpans(account, at, role);
  } else if (action === 'person.disabled') {
    account.isDisabled = true;
    endSpans(account, at);
  } else if (action === 'person.enabled') {
    account.isDisabled = false;
    for (const held of account.held) account.spans.push({ role: held, from: at, until: null });
  }
}

function grant(account: Account, role: Role, at: string): void {
  if (account.held.has(role)) return;
  account.held.add(role);
  if (!account.isDisabled) account.spans.push({ role, from: at, until: null });
}

function endSpans(account: Account, at: string, role?: Role): void {
  for (const span of account.spans)
    if (span.until === null && (role === undefined || span.role === role)) span.until = at;
}

/** As written by person.created: "administrator, coordinator". */
export function rolesIn(text: string): readonly Role[] {
  const named = new Set(text.split(',').map((role) => role.trim()));
  return allRoles.filter((role) => named.has(role));
}

/** The table of permissions as the trail keeps it: for each role its verbs, with spaces between. */
export function permissionsDetail(): AuditDetail {
  return Object.fromEntries(allRoles.map((role) => [role, verbsOf([role]).join(' ')]));
}

function toTable(from: string, detail: AuditDetail | null): Table {
  const verbs = Object.entries(detail ?? {}).map(
    ([role, list]) => [role, new Set(String(list).split(' '))] as const,
  );
  return { from, verbs: new Map(verbs) };
}

function textOf(detail: AuditDetail | null, name: string): string {
  const found = detail?.[name];
  return typeof found === 'string' ? found : '';
}
