/** The pages that a person can go to from anywhere: in the rail, and by Ctrl+K. */
import type { Verb } from '#shared/permissions.ts';
import {
  iconAdministration,
  iconBackups,
  iconExport,
  iconImport,
  iconQuery,
  iconReports,
  iconSecondEntry,
  iconStudy,
  iconSubjects,
  iconSubmission,
  iconTrail,
  iconWorklist,
} from '../icons.ts';

export interface Way {
  /** Of the route; its words are under "rail". */
  readonly name: WayName;
  readonly icon: string;
}

/** Whoever has one of the verbs is shown the way; an empty list is everybody. */
const all = [
  { name: 'subjects', icon: iconSubjects, verbs: [] },
  { name: 'worklist', icon: iconWorklist, verbs: [] },
  { name: 'queries', icon: iconQuery, verbs: [] },
  { name: 'second', icon: iconSecondEntry, verbs: ['second.enter', 'second.adjudicate'] },
  { name: 'reports', icon: iconReports, verbs: [] },
  { name: 'import', icon: iconImport, verbs: ['imports.run'] },
  { name: 'trail', icon: iconTrail, verbs: ['audit.read'] },
  { name: 'export', icon: iconExport, verbs: ['exports.run'] },
  { name: 'submission', icon: iconSubmission, verbs: ['exports.run'] },
  { name: 'backups', icon: iconBackups, verbs: ['backups.run'] },
  { name: 'study', icon: iconStudy, verbs: [] },
  { name: 'administration', icon: iconAdministration, verbs: ['people.manage', 'settings.change'] },
] as const satisfies readonly {
  readonly name: string;
  readonly icon: string;
  readonly verbs: readonly Verb[];
}[];
export type WayName = (typeof all)[number]['name'];

export function waysFor(can: (verb: Verb) => boolean): readonly Way[] {
  return all.filter(({ verbs }) => verbs.length === 0 || verbs.some(can));
}
