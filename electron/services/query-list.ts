/** The list of queries over the whole site: filtered, counted by state and by age. */
import { queryAgeDays, type QueryList } from '#shared/contract/queries.ts';
import type { MethodInput } from '#shared/bridge.ts';
import type { QueryState } from '#shared/query.ts';
import type { ReadableDb } from '../db/open.ts';
import { createQueryReader } from './query-rows.ts';

const dayMs = 86_400_000;
const [young, old] = queryAgeDays;

const filtered = `FROM query JOIN subject ON subject.id = query.subject_id
  WHERE (@subject IS NULL OR instr(subject.number, @subject) > 0)
    AND (@kind IS NULL OR (query.check_id IS NULL) = (@kind = 'manual'))
    AND (@severity IS NULL OR query.severity = @severity)
    AND (@form IS NULL OR query.form = @form)
    AND (CASE query.state WHEN 'closed' THEN query.changed_at ELSE @now END) - query.opened_at >= @leastAge`;
const selectIds = `SELECT query.id ${filtered} AND (@state IS NULL OR query.state = @state) ORDER BY query.opened_at, query.id LIMIT @limit OFFSET @offset`;
const countStates = `SELECT query.state, COUNT(*) ${filtered} GROUP BY query.state`;
const countAll = 'SELECT state, COUNT(*) FROM query GROUP BY state';
const countAges = `
  SELECT COUNT(*) FILTER (WHERE age < ${young * dayMs}), COUNT(*) FILTER (WHERE age >= ${young * dayMs} AND age < ${old * dayMs}),
         COUNT(*) FILTER (WHERE age >= ${old * dayMs})
  FROM (SELECT @now - query.opened_at AS age ${filtered} AND query.state <> 'closed')`;

export function listQueries(
  db: ReadableDb,
  { offset, limit, minAgeDays, ...asked }: MethodInput<'queries.list'>,
  now: number,
): QueryList {
  const { subject = null, state = null, kind = null, severity = null, form = null } = asked;
  const filter = {
    subject,
    kind,
    severity,
    form,
    now,
    leastAge: minAgeDays === undefined ? -Infinity : minAgeDays * dayMs,
  };
  const ids = db
    .prepare<[object], number>(selectIds)
    .pluck()
    .all({ ...filter, state, limit, offset });
  const found = new Map(
    createQueryReader(db)
      .byIds(ids)
      .map((query) => [query.id, query]),
  );
  const counts = toCounts(db.prepare<[object], [QueryState, number]>(countStates).raw().all(filter));
  return {
    rows: ids.flatMap((id) => found.get(id) ?? []),
    total: state === null ? counts.open + counts.answered + counts.closed : counts[state],
    counts,
    ages: db.prepare<[object], [number, number, number]>(countAges).raw().get(filter) ?? [0, 0, 0],
    now,
  };
}

/** Of the whole site, from the index alone. */
export function countQueries(db: ReadableDb): QueryList['counts'] {
  return toCounts(db.prepare<[], [QueryState, number]>(countAll).raw().all());
}

function toCounts(counted: readonly (readonly [QueryState, number])[]): QueryList['counts'] {
  const of = new Map(counted);
  return { open: of.get('open') ?? 0, answered: of.get('answered') ?? 0, closed: of.get('closed') ?? 0 };
}
