/**
 * Who may do what: one table, read by dispatch for every call and by the window to hide what a person can't do.
 * Data entry is limited to the investigator and delegates; a monitor reads and asks, and never changes a value
 * (ISO 14155 9.2.4.5). Whoever administers accounts neither enters nor signs. An import enters hundreds of values and
 * decides between those that differ: it is for those who enter and answer for the site's data, not for every delegate.
 */
export const roles = [
  'administrator',
  'coordinator',
  'data-entry',
  'investigator',
  'monitor',
  'data-manager',
] as const;
export type Role = (typeof roles)[number];

export const verbs = [
  'subjects.read',
  'subjects.enrol',
  'values.write',
  'forms.complete',
  'findings.confirm',
  'queries.open',
  'queries.answer',
  'queries.close',
  'forms.verify',
  'forms.sign',
  'forms.lock',
  'subjects.freeze',
  'second.enter',
  'second.adjudicate',
  'audit.read',
  'audit.review',
  'exports.run',
  'exports.reidentify',
  'imports.run',
  'copies.print',
  'backups.run',
  'backups.restore',
  'people.manage',
  'settings.change',
  'studies.amend',
  'pool.receive',
  'pool.decide',
] as const;
export type Verb = (typeof verbs)[number];

const entering = [
  'subjects.read',
  'subjects.enrol',
  'values.write',
  'forms.complete',
  'findings.confirm',
  'queries.answer',
  'second.enter',
  'audit.read',
  'copies.print',
  'backups.run',
] as const satisfies readonly Verb[];

const verbsOfRole: Readonly<Record<Role, readonly Verb[]>> = {
  administrator: [
    'subjects.read',
    'audit.read',
    'copies.print',
    'backups.run',
    'backups.restore',
    'people.manage',
    'settings.change',
  ],
  coordinator: [...entering, 'exports.run', 'imports.run'],
  'data-entry': entering,
  investigator: [
    ...entering,
    'queries.open',
    'forms.sign',
    'audit.review',
    'exports.run',
    'exports.reidentify',
    'imports.run',
  ],
  monitor: [
    'subjects.read',
    'queries.open',
    'queries.close',
    'forms.verify',
    'audit.read',
    'audit.review',
    'copies.print',
    'exports.run',
  ],
  'data-manager': [
    'subjects.read',
    'queries.open',
    'queries.close',
    'forms.verify',
    'forms.lock',
    'subjects.freeze',
    'second.adjudicate',
    'audit.read',
    'audit.review',
    'copies.print',
    'backups.run',
    'settings.change',
    'studies.amend',
    'exports.run',
    'pool.receive',
    'pool.decide',
  ],
};

/** The table itself, for the page that shows it and for printing it. */
export function isAllowed(role: Role, verb: Verb): boolean {
  return verbsOfRole[role].includes(verb);
}

/** All verbs that a person with these roles has, in the order of the table. */
export function verbsOf(granted: readonly Role[]): readonly Verb[] {
  return verbs.filter((verb) => granted.some((role) => isAllowed(role, verb)));
}

/** The first of a person's roles that allows the verb: the role written into the trail. null when none does. */
export function roleFor(verb: Verb, granted: readonly Role[]): Role | null {
  return granted.find((role) => isAllowed(role, verb)) ?? null;
}
