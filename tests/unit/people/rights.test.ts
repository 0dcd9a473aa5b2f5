import { describe, expect, it } from 'vitest';
import type { AuditAction, AuditDetail } from '#shared/audit.ts';
import { verbsOf } from '#shared/permissions.ts';
import { permissionsDetail, rightsBetween } from '#shared/people/rights.ts';

const entry = (at: string, action: AuditAction, detail: AuditDetail) => ({
  at: `2026-01-${at}:00.000Z`,
  action,
  detail,
});
const trail = [
  entry('01T09:00', 'person.created', {
    person: 'anne',
    fullName: 'Anne Martin',
    roles: 'administrator, coordinator',
  }),
  // As sites wrote it before accounts had a full name.
  entry('05T09:00', 'person.created', { person: 'bob', roles: 'data-entry' }),
  entry('10T10:00', 'role.granted', { person: 'bob', role: 'coordinator' }),
  entry('10T16:00', 'role.revoked', { person: 'bob', role: 'data-entry' }),
  entry('12T08:00', 'person.renamed', { person: 'bob', old: 'bob', new: 'Bob Example' }),
  entry('20T12:00', 'person.disabled', { person: 'bob' }),
  entry('25T12:00', 'person.enabled', { person: 'bob', mustChange: true }),
];
const on = (day: string, entries: Parameters<typeof rightsBetween>[0] = trail) =>
  rightsBetween(
    entries,
    `2026-01-${day}T00:00:00.000Z`,
    `2026-01-${day}T24:00:00.000Z`.replace('T24:00:00', 'T23:59:59'),
  );
const rolesOf = (user: string, day: string) =>
  on(day)
    .find((person) => person.user === user)
    ?.roles.map(({ role }) => role);

describe('the rights of a past day', () => {
  it.each([
    ['04', undefined],
    ['05', ['data-entry']],
    ['10', ['data-entry', 'coordinator']],
    ['11', ['coordinator']],
    ['20', ['coordinator']],
    ['21', []],
    ['25', ['coordinator']],
  ])('of bob on 2026-01-%s are %j', (day, roles) => {
    expect(rolesOf('bob', day)).toEqual(roles);
  });

  it('say from when to when a role was held', () => {
    const bob = on('10').find(({ user }) => user === 'bob');
    expect(bob?.roles).toEqual([
      { role: 'data-entry', from: '2026-01-05T09:00:00.000Z', until: '2026-01-10T16:00:00.000Z' },
      { role: 'coordinator', from: '2026-01-10T10:00:00.000Z', until: null },
    ]);
  });

  it('carry the name that was held then', () => {
    expect(on('11').map(({ fullName }) => fullName)).toEqual(['Anne Martin', 'bob']);
    expect(on('12').map(({ fullName }) => fullName)).toEqual(['Anne Martin', 'Bob Example']);
  });

  it('are those of this version where the site did not yet record its table, and say so', () => {
    const [anne] = on('02');
    expect(anne).toMatchObject({ verbsAreToday: true, verbs: verbsOf(['administrator', 'coordinator']) });
  });

  it('are those of the table that was in force', () => {
    const older = { ...permissionsDetail(), 'data-entry': 'subjects.read' };
    const recorded = [
      entry('04T09:00', 'permissions.installed', older),
      ...trail,
      entry('07T09:00', 'permissions.installed', permissionsDetail()),
    ];
    const verbsOn = (day: string) => on(day, recorded).find(({ user }) => user === 'bob')?.verbs;
    expect(verbsOn('06')).toEqual(['subjects.read']);
    expect(verbsOn('08')).toEqual(verbsOf(['data-entry']));
  });

  it('are none before the site had anybody', () => {
    expect(rightsBetween(trail, '2025-12-31T00:00:00.000Z', '2026-01-01T00:00:00.000Z')).toEqual([]);
  });
});
