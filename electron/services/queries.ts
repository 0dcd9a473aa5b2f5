/** Queries of people: asked by hand, answered, asked again, accepted. Those of checks come and go with the save that changes their findings. */
import type { MethodInput, MethodOutput } from '#shared/bridge.ts';
import { roleForMove, type PersonsMove } from '#shared/query-moves.ts';
import type { Query } from '#shared/query.ts';
import type { ValuePlace } from '#shared/record.ts';
import { refuse } from '../app-error.ts';
import { readMoment, type Clock } from '../clock.ts';
import { rolesOf } from './people.ts';
import { moveQuery, openQuery } from './query-keeping.ts';
import { listQueries } from './query-list.ts';
import type { SubjectRowId } from './record-rows.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';

export interface QueriesService {
  list(actor: Actor, input: MethodInput<'queries.list'>): MethodOutput<'queries.list'>;
  ofItem(actor: Actor, input: MethodInput<'queries.ofItem'>): readonly Query[];
  open(actor: Actor, input: MethodInput<'queries.open'>): Query;
  /** Refused for people whose roles, or having asked, do not allow it; whoever calls was let in by the verb only. */
  move(actor: Actor, move: PersonsMove, input: MovedByPerson): Query;
}

export interface MovedByPerson {
  readonly subject: string;
  readonly query: number;
  readonly text?: string | undefined;
}

export function createQueries(clock: Clock): QueriesService {
  return {
    list: ({ site }, input) => listQueries(site.db, input, clock.now()),
    ofItem: (actor, { subject, ...place }) => {
      const row = requireSubject(actor, subject);
      requirePlace(actor, place);
      return actor.site.queries.ofItem(row, place);
    },
    open: (actor, { subject: number, text, ...place }) => {
      const { site } = actor;
      const moment = readMoment(clock);
      return site.db
        .transaction(() => {
          const subject = requireSubject(actor, number);
          requirePlace(actor, place);
          requireRow(actor, subject, place);
          const { id, event } = openQuery(actor, subject, place, null, text, moment);
          site.trail.append([event]);
          return requireQuery(actor, subject, id);
        })
        .immediate();
    },
    move: (actor, move, { subject: number, query: id, text }) => {
      const { site, user } = actor;
      const moment = readMoment(clock);
      return site.db
        .transaction(() => {
          const subject = requireSubject(actor, number);
          const query = requireQuery(actor, subject, id);
          const role = roleForMove(query, move, { user, roles: rolesOf(site.db, user) });
          if (role === null) throw refuse('forbidden', { user });
          site.trail.append([moveQuery({ ...actor, role }, subject, query, move, text ?? null, moment)]);
          return requireQuery(actor, subject, id);
        })
        .immediate();
    },
  };
}

/** The number of another subject's query is as unknown as one that nobody has. */
function requireQuery({ site }: Actor, subject: SubjectRowId, id: number): Query {
  const query = site.queries.byIds([id]).find((found) => found.subject === subject.number);
  if (query === undefined) throw refuse('query-unknown', { subject: subject.number });
  return query;
}

function requirePlace({ site: { model } }: Actor, { event, form, item }: ValuePlace): void {
  const placed = model.event(event);
  if (placed === undefined || model.duty(placed.event, form) === null || model.item(item)?.form.id !== form)
    throw refuse('no-such-item', { form, item });
}

/** Of what does not repeat there is row 1; a repeating group has the rows that hold an answer. */
function requireRow({ site }: Actor, subject: SubjectRowId, { event, form, row, item }: ValuePlace): void {
  const group = site.model.item(item)?.home;
  const items = new Set(group?.items.map((placed) => placed.item.id));
  const isThere =
    group?.group.repeating === true
      ? site.rows
          .record(subject)
          .values.some(
            (value) =>
              value.event === event && value.form === form && value.row === row && items.has(value.item),
          )
      : row === 1;
  if (!isThere) throw refuse('query-row-unknown', { form, row });
}
