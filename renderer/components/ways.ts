/** The pages that a person can go to from anywhere: in the rail, and by Ctrl+K. */
import type { Verb } from '#shared/permissions.ts';
import {
  iconAdministration,
  iconBackups,
  iconConflicts,
  iconExport,
  iconImport,
  iconPool,
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

/**
 * Whoever has one of the verbs is shown the way; an empty list is everybody. `only`: what has a meaning in a site alone,
 * or in a pool alone.
 */
const all = [
  { name: 'pool', icon: iconPool, verbs: ['subjects.read'], only: 'pool' },
  { name: 'conflicts', icon: iconConflicts, verbs: ['subjects.read'], only: 'pool' },
  { name: 'subjects', icon: iconSubjects, verbs: [] },
  { name: 'worklist', icon: iconWorklist, verbs: [], only: 'site' },
  { name: 'queries', icon: iconQuery, verbs: [], only: 'site' },
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
  readonly only?: 'site' | 'pool';
}[];
export type WayName = (typeof all)[number]['name'];

export function waysFor(can: (verb: Verb) => boolean, folder: 'site' | 'pool'): readonly Way[] {
  return all.filter(
    (way) => (way.verbs.length === 0 || way.verbs.some(can)) && (!('only' in way) || way.only === folder),
  );
}
