/** Tells of signatures that a change has broken: an entry of its own for each, beside the change. */
import { auditEvent } from '#shared/audit.ts';
import type { Moment } from '../clock.ts';
import type { SubjectRowId } from './record-rows.ts';
import { changesSince, signatureRowsOf } from './signature-rows.ts';
import type { Actor } from './site.ts';

/** Told once for each signature: by the first change that reaches what it covers. Within the transaction of that change. */
export function tellBroken(
  { site, user, role }: Actor,
  subject: SubjectRowId,
  /** The head of the trail before the change. */
  before: number,
  moment: Moment,
): boolean {
  const broken = signatureRowsOf(site.db, subject).flatMap((row) => {
    if (row.trail_seq >= before + 1) return [];
    const scope = { subject: subject.number, event: row.event, form: row.form };
    const [first] = changesSince(site.db, subject, scope, row.trail_seq);
    return first === undefined || first.seq <= before ? [] : [{ row, by: first.seq }];
  });
  site.trail.append(
    broken.map(({ row, by }) =>
      auditEvent(site.trail.stamp({ user, role }, moment), 'signature.broken', {
        subject: subject.number,
        origin: 'system',
        detail: { signature: row.id, event: row.event, form: row.form, printedName: row.printed_name, by },
      }),
    ),
  );
  return broken.length > 0;
}
