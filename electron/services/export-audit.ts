/** AUDIT: the trail, with relation, unit and missing reason of the old and the new value each in a column of its own. */
import { integer, text, type FilledColumn } from '#shared/export-plan/sheet.ts';
import { noValue, type TrailLine, type TrailValue } from '#shared/export-plan/trail-line.ts';
import type { ExportAuditEntry } from './export-rows.ts';

export interface AuditLine extends TrailLine {
  readonly entry: ExportAuditEntry;
}

export function toAuditLine(entry: ExportAuditEntry): AuditLine {
  return { entry, before: readValue(entry.old), after: readValue(entry.new) };
}

export const auditColumns: readonly FilledColumn<AuditLine>[] = [
  integer('SEQ', 9, ({ entry }) => entry.shown),
  text('AT_UTC', 26, ({ entry }) => (entry.at === null ? null : new Date(entry.at).toISOString())),
  integer('OFFSET_MIN', 12, ({ entry }) => entry.offsetMinutes),
  text('USER', 16, ({ entry }) => entry.user),
  text('ROLE', 14, ({ entry }) => entry.role),
  text('SITEID', 8, ({ entry }) => entry.site),
  text('ACTION', 20, ({ entry }) => entry.action),
  text('ORIGIN', 12, ({ entry }) => entry.origin),
  text('SUBJID', 12, ({ entry }) => entry.subject),
  text('VISIT', 8, ({ entry }) => entry.event),
  text('FORM', 8, ({ entry }) => entry.form),
  integer('REPEAT', 9, ({ entry }) => entry.row),
  text('ITEM', 16, ({ entry }) => entry.item),
  text('OLD', 18, ({ before }) => before.text),
  text('OLD_REL', 10, ({ before }) => before.relation),
  text('OLD_U', 10, ({ before }) => before.unit),
  text('OLD_ND', 9, ({ before }) => before.missing),
  text('NEW', 18, ({ after }) => after.text),
  text('NEW_REL', 10, ({ after }) => after.relation),
  text('NEW_U', 10, ({ after }) => after.unit),
  text('NEW_ND', 9, ({ after }) => after.missing),
  text('REASON', 30, ({ entry }) => entry.reason),
  text('DETAIL', 30, ({ entry }) => entry.detail),
  text('HASH', 66, ({ entry }) => entry.hash),
];

function readValue(json: string | null): TrailValue {
  // The trail writes values in this shape; the database holds nothing else in these columns.
  return json === null ? noValue : (JSON.parse(json) as TrailValue);
}
