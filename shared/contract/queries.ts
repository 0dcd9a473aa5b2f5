/** Queries: the list of the site, what was asked about one field, and the moves of people. */
import { z } from 'zod';
import { queryStates, type Query, type QueryState } from '../query.ts';
import { Id, Nothing, Place, Row, SubjectNumber, gives } from './method.ts';

const QueryId = z.int().min(1);
const QueryText = z.string().trim().min(1).max(2000);

/** Bounds of the bars of ages: under 8 days, 8 to 30 days, longer. */
export const queryAgeDays = [8, 31] as const;

export interface QueryList {
  /** The longest open first. */
  readonly rows: readonly Query[];
  readonly total: number;
  /** What the other filters leave, whatever the state. */
  readonly counts: Readonly<Record<QueryState, number>>;
  /** Of those that are not closed, by the bounds above. */
  readonly ages: readonly [number, number, number];
  /** UTC milliseconds against which the days are counted. */
  readonly now: number;
}

export const queryMethods = {
  'queries.list': gives<QueryList>()(
    'subjects.read',
    z.strictObject({
      /** A subject's number, or a part of it. */
      subject: z.string().min(1).max(40).optional(),
      state: z.enum(queryStates).optional(),
      kind: z.enum(['check', 'manual']).optional(),
      severity: z.enum(['hard', 'soft']).optional(),
      form: Id.optional(),
      minAgeDays: z.int().min(1).max(36_500).optional(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
  ),
  /** Of the whole site: what the rail shows. */
  'queries.count': gives<Readonly<Record<QueryState, number>>>()('subjects.read', Nothing),
  /** Everything that was ever asked about a field, closed queries too, oldest first. */
  'queries.ofItem': gives<readonly Query[]>()(
    'subjects.read',
    z.strictObject({ ...Place, row: Row, item: Id }),
  ),
  'queries.open': gives<Query>()(
    'queries.open',
    z.strictObject({ ...Place, row: Row, item: Id, text: QueryText }),
  ),
  'queries.answer': gives<Query>()(
    'queries.answer',
    z.strictObject({ subject: SubjectNumber, query: QueryId, text: QueryText }),
  ),
  /** The answer does not settle it. Whoever has queries.close may, and whoever opened it by hand; the service looks. */
  'queries.reopen': gives<Query>()(
    'queries.open',
    z.strictObject({ subject: SubjectNumber, query: QueryId, text: QueryText }),
  ),
  /** Closes it by acceptance; an open one only with a text. The same people may. */
  'queries.close': gives<Query>()(
    'queries.open',
    z.strictObject({ subject: SubjectNumber, query: QueryId, text: QueryText.optional() }),
  ),
} as const;
