/** Subjects of the site: list, search, enrolment, and everything known about one of them. */
import { auditEvent } from '#shared/audit.ts';
import type { MethodInput, OpenSubject, SubjectPage, SubjectRow } from '#shared/bridge.ts';
import type { Query } from '#shared/query.ts';
import { standingFindings } from '#shared/plan-save.ts';
import { blindRecord, isOneOf } from '#shared/second-entry/blind-record.ts';
import type { Study } from '#shared/study.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, toLocalMinute, type Clock, type Moment } from '../clock.ts';
import { freezesOver, requireNotFrozen } from './freeze-rows.ts';
import { openQueriesOf } from './open-queries.ts';
import { unseenOf } from './blindness.ts';
import type { SubjectRowId } from './record-rows.ts';
import { signaturesOf } from './signature-rows.ts';
import type { Actor, Site } from './site.ts';

export interface SubjectsService {
  list(actor: Actor, input: MethodInput<'subjects.list'>): SubjectPage;
  nextNumber(actor: Actor): { subject: string };
  enrol(actor: Actor, input: MethodInput<'subjects.enrol'>): { subject: string };
  open(actor: Actor, input: MethodInput<'subjects.open'>): OpenSubject;
}

interface ListedRow {
  readonly number: string;
  readonly status: SubjectRow['status'];
  readonly open_hard: number;
  readonly open_soft: number;
  readonly changed_at: number | null;
}
const selectListed =
  'SELECT number, status, open_hard, open_soft, changed_at FROM subject WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number';

export function createSubjects(clock: Clock): SubjectsService {
  return {
    list: ({ site }, { search, offset, limit }) => {
      const { numbers, total } = site.finder.find(search, offset, limit);
      const rows = site.db.prepare<[string], ListedRow>(selectListed).all(JSON.stringify(numbers));
      return { rows: rows.map(toSubjectRow), total };
    },
    nextNumber: ({ site }) => {
      const subject = freeNumber(site);
      if (subject === null) throw refuse('no-free-number');
      return { subject };
    },
    enrol: (actor, { subject }) => {
      const { site } = actor;
      site.db
        .transaction(() => {
          if (site.rows.subject(subject) !== null) throw refuse('subject-exists', { subject });
          enrolWithin(actor, subject, readMoment(clock));
        })
        .immediate();
      site.finder.add(subject);
      return { subject };
    },
    open: (actor, { subject }) => {
      const { site } = actor;
      const row = requireSubject(actor, subject);
      const now = toLocalMinute(readMoment(clock));
      const unseen = unseenOf(actor, subject);
      const whole = site.rows.record(row);
      const { record, index } =
        unseen.length === 0
          ? { record: whole, index: indexSubject(site.model, whole) }
          : blindRecord(site.model, whole, unseen, now);
      const context = {
        now,
        confirmed: site.findings.confirmed(row),
        phase: 'entry',
      } as const;
      // Not the stored ones: some findings come and go with the time of day.
      const isUnseen = isOneOf(unseen);
      const findings = standingFindings(site.model, index, record.forms, context).filter(
        (finding) => !isUnseen(finding),
      );
      const changedAt = site.rows.changedAt(row);
      const places = unseen.map(({ event, form }) => ({ event, form }));
      // What a check said holds the values that it rests on.
      const isTold = (query: Query): boolean =>
        unseen.length === 0 || (query.check === null && !isUnseen(query));
      return {
        record: { ...record, forms: whole.forms },
        findings,
        ...(places.length === 0 ? {} : { unseen: places }),
        savedAt: changedAt === null ? null : toIsoUtc(changedAt),
        signatures: signaturesOf(site.db, row, whole),
        freezes: freezesOver(site.db, row),
        openQueries: openQueriesOf(site.db, row),
        queries: site.queries.openOf(row).filter(isTold),
      };
    },
  };
}

export function requireSubject({ site }: Pick<Actor, 'site'>, number: string): SubjectRowId {
  const subject = site.rows.subject(number);
  if (subject === null) throw refuse('subject-unknown', { subject: number.slice(0, 40) });
  return subject;
}

/** All subjects by number, or the one that is asked for. */
export function subjectsOf(site: Site, number: string | undefined): readonly SubjectRowId[] {
  if (number !== undefined) return [requireSubject({ site }, number)];
  return site.finder
    .find('', 0, Number.MAX_SAFE_INTEGER)
    .numbers.map((known) => requireSubject({ site }, known));
}

/** The subject, enrolled now when it is not there yet. Within the caller's transaction. */
export function enrolWithin({ site, user, role }: Actor, number: string, moment: Moment): SubjectRowId {
  const known = site.rows.subject(number);
  if (known !== null) return known;
  requireOwnNumber(site, number);
  requireNotFrozen(site, null);
  const subject = site.rows.enrol(number, moment.at);
  site.trail.append([
    auditEvent(site.trail.stamp({ user, role }, moment), 'subject.enrolled', { subject: number }),
  ]);
  return subject;
}

/** Throws a refusal when the number is none of the study, or of another site. */
export function requireOwnNumber(site: Site, number: string): void {
  const { subjectNumber } = site.model.study;
  const match = patternOf(site.model.study).exec(number);
  if (match === null) throw refuse('subject-number-unfit', { example: subjectNumber.example });
  if (match[1] !== undefined && match[1] !== site.siteCode)
    throw refuse('subject-of-other-site', { subject: number, site: site.siteCode });
}

function patternOf(study: Study): RegExp {
  return new RegExp(`^(?:${study.subjectNumber.pattern})$`, 'du');
}

/** One more than the greatest number; when that does not fit, the first gap. */
function freeNumber(site: Site): string | null {
  const pattern = patternOf(site.model.study);
  const first = firstNumber(site, pattern);
  const isFree = (number: string): boolean => pattern.test(number) && site.rows.subject(number) === null;
  const next = increment(site.finder.last() ?? '', 1);
  if (next !== null && isFree(next)) return next;
  for (let step = 0; step < 10_000; step += 1) {
    const number = first === null ? null : increment(first, step);
    if (number !== null && isFree(number)) return number;
  }
  return null;
}

/** The study's example with this site's code in it, counted from 1. */
function firstNumber(site: Site, pattern: RegExp): string | null {
  const { example } = site.model.study.subjectNumber;
  const [from, to] = pattern.exec(example)?.indices?.[1] ?? [0, 0];
  const ofSite = example.slice(0, from) + (to > from ? site.siteCode : '') + example.slice(to);
  const digits = /\d+$/u.exec(ofSite)?.[0];
  return digits === undefined ? null : ofSite.slice(0, -digits.length) + '1'.padStart(digits.length, '0');
}

function increment(number: string, step: number): string | null {
  const digits = /\d+$/u.exec(number)?.[0];
  return digits === undefined
    ? null
    : number.slice(0, -digits.length) + String(Number(digits) + step).padStart(digits.length, '0');
}

function toSubjectRow({ number, status, open_hard, open_soft, changed_at }: ListedRow): SubjectRow {
  return {
    subject: number,
    status,
    openHard: open_hard,
    openSoft: open_soft,
    lastChange: changed_at === null ? null : toIsoUtc(changed_at),
  };
}
