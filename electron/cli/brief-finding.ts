/** A finding as the command line prints it: what it is, where it stands, and its sentence in both languages. */
import type { Finding } from '#shared/record.ts';

export type BriefFinding = Pick<
  Finding,
  'event' | 'form' | 'row' | 'item' | 'check' | 'version' | 'severity' | 'message' | 'status'
>;

export function briefFinding(finding: Finding): BriefFinding {
  const { event, form, row, item, check, version, severity, message, status } = finding;
  return { event, form, row, item, check, version, severity, message, status };
}
