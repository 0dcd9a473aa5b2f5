/** The triggers that keep the trail append-only, for whoever writes with this program. */
export const trailGuards = [
  'audit_is_never_changed',
  'audit_is_never_deleted',
  'audit_grows_by_one',
] as const;
