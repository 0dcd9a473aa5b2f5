/** The trail in pages, filtered and sorted by SQLite, and the review that a person signs. */
import { auditEvent } from '#shared/audit.ts';
import {
  reviewQuestions,
  type MethodInput,
  type MethodOutput,
  type ReviewState,
  type TrailFilter,
  type TrailOrder,
  type TrailWatch,
} from '#shared/bridge.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../clock.ts';
import { checkPassword } from './sign-in.ts';
import type { Actor, Site } from './site.ts';
import { fillLateAfter, questionConditions } from './trail-questions.ts';
import { selectEntries, toSuspectEntry, type EntryRow } from './entry-rows.ts';

export interface TrailListService {
  list(actor: Actor, input: MethodInput<'audit.list'>): MethodOutput<'audit.list'>;
  questions(actor: Actor): ReviewState;
  review(actor: Actor, input: MethodInput<'audit.review'>): Promise<ReviewState>;
  watch(actor: Actor): TrailWatch;
}

type Parameters = Readonly<Record<string, string | number>>;

const orders: Readonly<Record<TrailOrder, string>> = {
  seq: 'audit.seq',
  user: 'audit.user',
  subject: 'subject.number',
  action: 'audit.action',
};
const selectUsers = 'SELECT DISTINCT user FROM audit ORDER BY user';
const selectActions = 'SELECT DISTINCT action FROM audit';
const selectNewestOf = `
  SELECT seq, at, user, reason, detail ->> 'toSeq' AS to_seq, detail ->> 'ok' AS ok, detail ->> 'problems' AS problems, detail ->> 'minutes' AS minutes
  FROM audit WHERE action = ? ORDER BY seq DESC LIMIT 1`;

interface Newest {
  readonly seq: number;
  readonly at: number;
  readonly user: string;
  readonly reason: string | null;
  readonly to_seq: number | null;
  readonly ok: number | null;
  readonly problems: number | null;
  readonly minutes: number | null;
}

export function createTrailList(clock: Clock): TrailListService {
  const questions = ({ site }: Pick<Actor, 'site'>): ReviewState => {
    const last = newestOf(site, 'trail.reviewed');
    const fromSeq = (last?.to_seq ?? 0) + 1;
    const toSeq = site.trail.head().seq;
    return {
      ...{ fromSeq, toSeq },
      counts: countsOf(site, fromSeq),
      last:
        last === null
          ? null
          : { at: toIsoUtc(last.at), user: last.user, toSeq: last.to_seq ?? 0, note: last.reason ?? '' },
    };
  };
  return {
    list: ({ site }, { filter, order, descending, offset, limit }) => {
      if (filter.question === 'late-entries') fillLateAfter(site);
      const { where, parameters } = conditionsOf(filter);
      const direction = descending ? 'DESC' : 'ASC';
      const sorted = order === 'seq' ? '' : `${orders[order]} ${direction}, `;
      const rows = site.db
        .prepare<[Parameters], EntryRow>(
          `${selectEntries} WHERE ${where} ORDER BY ${sorted}audit.seq ${direction} LIMIT @limit OFFSET @offset`,
        )
        .all({ ...parameters, limit, offset });
      const actions = site.db.prepare<[], string>(selectActions).pluck().all();
      return {
        rows: rows.map(toSuspectEntry),
        total: count(site, where, parameters),
        users: site.db.prepare<[], string>(selectUsers).pluck().all(),
        groups: [...new Set(actions.map((action) => action.split('.')[0] ?? action))].sort(),
      };
    },
    questions,
    review: async (actor, { toSeq, note, password }) => {
      const { site, user, role } = actor;
      await checkPassword(clock, { site, user }, password);
      if (!site.db.open) throw refuse('signed-out');
      site.db
        .transaction(() => {
          const { fromSeq, toSeq: newest, counts } = questions(actor);
          if (toSeq < fromSeq || toSeq > newest) throw refuse('review-empty');
          const detail = {
            ...{ fromSeq, toSeq },
            ...Object.fromEntries(counts.map(({ question, count: found }) => [question, found])),
          };
          const stamp = site.trail.stamp({ user, role }, readMoment(clock));
          site.trail.append([
            auditEvent(stamp, 'trail.reviewed', { reason: note, origin: 'system', detail }),
          ]);
        })
        .immediate();
      return questions(actor);
    },
    watch: ({ site }) => {
      const verified = newestOf(site, 'trail.verified');
      const moved = newestOf(site, 'clock.moved');
      return {
        openingProblems: site.openingProblems,
        verified:
          verified === null
            ? null
            : { at: toIsoUtc(verified.at), ok: verified.ok === 1, problems: verified.problems ?? 0 },
        clockMoved:
          moved === null ? null : { seq: moved.seq, at: toIsoUtc(moved.at), minutes: moved.minutes ?? 0 },
      };
    },
  };
}

function newestOf(site: Site, action: string): Newest | null {
  return site.db.prepare<[string], Newest>(selectNewestOf).get(action) ?? null;
}

function countsOf(site: Site, fromSeq: number): ReviewState['counts'] {
  fillLateAfter(site);
  return reviewQuestions.map((question) => {
    const { where, parameters } = conditionsOf({ question, fromSeq });
    return { question, count: count(site, where, parameters) };
  });
}

function count(site: Site, where: string, parameters: Parameters): number {
  const needsNames = where.includes('subject.');
  const from = needsNames ? 'audit LEFT JOIN subject ON subject.id = audit.subject_id' : 'audit';
  return (
    site.db
      .prepare<[Parameters], number>(`SELECT COUNT(*) FROM ${from} WHERE ${where}`)
      .pluck()
      .get(parameters) ?? 0
  );
}

/** Conditions are constants of this file and of the questions; what a person chose is bound. */
function conditionsOf({ subject, user, group, origin, from, to, question, fromSeq }: TrailFilter): {
  readonly where: string;
  readonly parameters: Parameters;
} {
  const chosen: (readonly [string, Parameters] | null)[] = [
    ['audit.seq >= @fromSeq', { fromSeq: fromSeq ?? 1 }],
    subject === undefined
      ? null
      : ['audit.subject_id = (SELECT id FROM subject WHERE number = @subject)', { subject }],
    user === undefined ? null : ['audit.user = @user', { user }],
    // "value." to "value/": the slash follows the point.
    group === undefined
      ? null
      : ['audit.action >= @first AND audit.action < @after', { first: `${group}.`, after: `${group}/` }],
    origin === undefined ? null : ['audit.origin = @origin', { origin }],
    from === undefined ? null : ['audit.at >= @from', { from }],
    to === undefined ? null : ['audit.at < @to', { to }],
    question === undefined ? null : [questionConditions[question], {}],
  ];
  const given = chosen.filter((condition) => condition !== null);
  return {
    where: given.map(([sql]) => `(${sql})`).join(' AND '),
    parameters: Object.assign({}, ...given.map(([, own]) => own)) as Parameters, // of the pairs above
  };
}
