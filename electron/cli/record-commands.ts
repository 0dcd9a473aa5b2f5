/** values, check, history, verify: what is recorded, read without changing anything but the trail of the session. */
import type { HistoryEntry } from '#shared/bridge.ts';
import { standingFindings } from '#shared/plan-save.ts';
import type { ItemValue, RecordedValue, SubjectRecord, ValuePlace } from '#shared/record.ts';
import { reportedNumber } from '#shared/standard-number.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { readMoment, systemClock, toLocalMinute } from '../clock.ts';
import { requireFullSight } from '../services/blindness.ts';
import { subjectsOf } from '../services/subjects.ts';
import type { Actor } from '../services/site.ts';
import { briefFinding } from './brief-finding.ts';
import { readGivenHead } from './known-head.ts';
import { call, signIn, type Command, type CommandContext } from './context.ts';
import { toTable } from './output.ts';

export const values: Command = async (context) => {
  await signIn(context);
  const actor = context.services.session.authorise('subjects.read');
  requireFullSight(actor);
  const order = studyOrder(actor.site.model);
  const rows = recordsOf(actor, context).flatMap((record) => {
    const answered = record.values.filter(isAnswered).toSorted(order);
    return answered.map((value) => toValueRow(actor, record, value));
  });
  if (context.asJson) await context.output.json(rows);
  else {
    const header = [
      'subject',
      'event',
      'form',
      'row',
      'item',
      'value',
      'unit',
      'missing',
      'marks',
      'version',
    ];
    const shown = rows.map((row) => [
      ...[
        row.subject,
        row.event,
        row.form,
        String(row.row),
        row.item,
        `${row.relation === null || row.relation === '=' ? '' : row.relation}${row.value ?? ''}`,
      ],
      ...[
        row.unit ?? '',
        row.missing ?? '',
        [row.derived ? 'derived' : '', row.parked ? 'parked' : ''].filter(Boolean).join(' '),
        String(row.version),
      ],
    ]);
    await context.output.text(toTable(header, shown));
  }
  return 0;
};

export const check: Command = async (context) => {
  await signIn(context);
  const actor = context.services.session.authorise('subjects.read');
  requireFullSight(actor);
  const { site } = actor;
  const now = toLocalMinute(readMoment(systemClock));
  const rows = recordsOf({ site }, context).flatMap((record) => {
    const row = site.rows.subject(record.subject);
    const confirmed = row === null ? new Map<string, string>() : site.findings.confirmed(row);
    const findings = standingFindings(site.model, indexSubject(site.model, record), record.forms, {
      now,
      confirmed,
      phase: 'batch',
    });
    return findings.map((finding) => ({ subject: record.subject, ...briefFinding(finding) }));
  });
  if (context.asJson) await context.output.json(rows);
  else {
    const shown = rows.map(({ subject, event, form, row, item, check: id, severity, status, message }) => [
      subject,
      event,
      form,
      String(row),
      item,
      id,
      severity,
      status,
      message.en,
    ]);
    await context.output.text(
      toTable(['subject', 'event', 'form', 'row', 'item', 'check', 'severity', 'status', 'message'], shown),
    );
  }
  return 0;
};

export const history: Command = async (context) => {
  const { subject = '', event = '', form = '', item = '', row = '1' } = context.options;
  await signIn(context);
  const entries = await call(context.services, 'audit.history', {
    subject,
    event,
    form,
    item,
    row: Number(row),
  });
  if (context.asJson) await context.output.json(entries);
  else {
    const shown = entries.map((entry) => [
      String(entry.seq),
      entry.at,
      entry.user,
      entry.role,
      entry.action,
      brief(entry.old),
      brief(entry.new),
      entry.reason ?? saidIn(entry),
      entry.origin,
    ]);
    await context.output.text(
      toTable(['seq', 'at (UTC)', 'user', 'role', 'action', 'old', 'new', 'reason', 'origin'], shown),
    );
  }
  return 0;
};

/** Of an entry without a reason: which check fired, and what it said. */
function saidIn({ check, message }: HistoryEntry): string {
  return [check, message?.en].filter((part) => part !== null && part !== undefined).join(': ');
}

export const verify: Command = async (context) => {
  const { against } = context.options;
  // Read before the database is opened: a file without a head is a mistake to be told at once.
  const heads = against === undefined ? [] : [await readGivenHead(against, context.workingFolder)];
  await signIn(context);
  const report = await call(context.services, 'audit.verify', heads.length === 0 ? {} : { against: heads });
  if (context.asJson) await context.output.json(report);
  else {
    const verdict = report.ok ? 'File, trail and values agree.' : 'Something is wrong:';
    const problems = report.problems.map((problem) => `  ${problem}\n`).join('');
    await context.output.text(
      `${verdict}\n${problems}${String(report.entries)} entries, head ${report.head}\n`,
    );
  }
  return report.ok ? 0 : 1;
};

/** One after the other, so that only one subject's rows are held apart from what is printed. */
function recordsOf(actor: Pick<Actor, 'site'>, { options }: CommandContext): readonly SubjectRecord[] {
  return subjectsOf(actor.site, options.subject).map((subject) => actor.site.rows.record(subject));
}

/** Events, forms, rows and items as the study has them; what it no longer has comes last. */
function studyOrder({ event, item }: StudyModel): (one: ValuePlace, other: ValuePlace) => number {
  const last = Number.MAX_SAFE_INTEGER;
  const ofEvent = (place: ValuePlace): number => event(place.event)?.order ?? last;
  const ofForm = (place: ValuePlace): number => item(place.item)?.home.home.order ?? last;
  const ofItem = (place: ValuePlace): number => item(place.item)?.order ?? last;
  return (one, other) =>
    ofEvent(one) - ofEvent(other) ||
    ofForm(one) - ofForm(other) ||
    one.row - other.row ||
    ofItem(one) - ofItem(other);
}

function isAnswered(value: ItemValue): boolean {
  return value.text !== null || value.missing !== null;
}

function toValueRow({ site }: Actor, record: SubjectRecord, value: RecordedValue) {
  const { event, form, row, item, text, missing, number, derived, parked, version } = value;
  const inRow = (other: string): string | null =>
    record.values.find(
      (near) => near.event === event && near.form === form && near.row === row && near.item === other,
    )?.text ?? null;
  const placed = site.model.item(item);
  const reported =
    placed === undefined
      ? { relation: value.relation, unit: value.unit, standard: null }
      : reportedNumber(placed.item, value, inRow, site.model.analyte);
  return {
    ...{
      subject: record.subject,
      event,
      form,
      row,
      item,
      value: text,
      relation: reported.relation,
      number,
      unit: reported.unit,
    },
    ...{
      standardNumber: reported.standard?.number ?? null,
      standardUnit: reported.standard?.unit ?? null,
      missing,
      derived,
      parked,
      version,
    },
  };
}

function brief(value: ItemValue | null): string {
  if (value === null) return '';
  const relation = value.relation === null || value.relation === '=' ? '' : value.relation;
  return value.missing ?? `${relation}${value.text ?? ''}${value.unit === null ? '' : ` ${value.unit}`}`;
}
