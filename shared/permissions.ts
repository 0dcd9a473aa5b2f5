/**
 * Who may do what: one table, read by dispatch for every call and by the window to hide what a person can't do.
 * Data entry is limited to the investigator and delegates; a monitor reads and never changes (ISO 14155 9.2.4.5).
 */
export const roles = ['administrator', 'coordinator', 'data-entry', 'investigator', 'monitor'] as const;
export type Role = (typeof roles)[number];

export type Verb =
  | 'subjects.read'
  | 'subjects.enrol'
  | 'values.write'
  | 'forms.complete'
  | 'findings.confirm'
  | 'audit.read'
  | 'exports.run'
  | 'people.manage';

const verbsOfRole: Readonly<Record<Role, readonly Verb[]>> = {
  administrator: ['subjects.read', 'audit.read', 'people.manage'],
  coordinator: [
    'subjects.read',
    'subjects.enrol',
    'values.write',
    'forms.complete',
    'findings.confirm',
    'audit.read',
    'exports.run',
  ],
  'data-entry': [
    'subjects.read',
    'subjects.enrol',
    'values.write',
    'forms.complete',
    'findings.confirm',
    'audit.read',
  ],
  investigator: [
    'subjects.read',
    'subjects.enrol',
    'values.write',
    'forms.complete',
    'findings.confirm',
    'audit.read',
    'exports.run',
  ],
  monitor: ['subjects.read', 'audit.read', 'exports.run'],
};

/** All verbs that a person with these roles has, in the order of the table. */
export function verbsOf(granted: readonly Role[]): readonly Verb[] {
  return [...new Set(granted.flatMap((role) => verbsOfRole[role]))];
}

/** The first of a person's roles that allows the verb: the role written into the trail. null when none does. */
export function roleFor(verb: Verb, granted: readonly Role[]): Role | null {
  return granted.find((role) => verbsOfRole[role].includes(verb)) ?? null;
}
