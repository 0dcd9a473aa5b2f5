/** Queries of all subjects, filtered, fetched in pages; and what a person does with one of them. */
import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { MethodInput } from '#shared/bridge.ts';
import type { QueryList } from '#shared/contract/queries.ts';
import { decideMove, roleForMove, type PersonsMove } from '#shared/query-moves.ts';
import type { Query } from '#shared/query.ts';
import type { ValuePlace } from '#shared/record.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';
import { useSession } from './session.ts';
import { useSubject } from './subject.ts';

export type QueryFilter = Omit<MethodInput<'queries.list'>, 'offset' | 'limit'>;
const pageSize = 200;
const nothing: QueryList = {
  rows: [],
  total: 0,
  counts: { open: 0, answered: 0, closed: 0 },
  ages: [0, 0, 0],
  now: 0,
};

export const useQueries = defineStore('queries', () => {
  const notices = useNotices();
  const session = useSession();
  const subject = useSubject();
  const filter = ref<QueryFilter>({ state: 'open' });
  const list = shallowRef<QueryList>(nothing);
  const isLoaded = ref(false);
  /** At the whole site; null until it is known. */
  const openCount = ref<number | null>(null);
  let round = 0;
  let pending: ReturnType<typeof setTimeout> | undefined;

  async function show(next: QueryFilter): Promise<void> {
    filter.value = next;
    round += 1;
    await fetchFrom(0);
  }
  async function more(): Promise<void> {
    if (list.value.rows.length < list.value.total) await fetchFrom(list.value.rows.length);
  }
  async function fetchFrom(offset: number): Promise<void> {
    const mine = round;
    try {
      const found = await call('queries.list', { ...filter.value, offset, limit: pageSize });
      if (mine !== round) return;
      list.value = offset === 0 ? found : { ...found, rows: [...list.value.rows, ...found.rows] };
      isLoaded.value = true;
    } catch (error) {
      notices.tellRefused(error);
    }
  }

  /** Refused moves are told by whoever asked for them. */
  async function open(place: ValuePlace, text: string): Promise<void> {
    const of = subject.subject;
    if (of === null) return;
    const { event, form, row, item } = place;
    subject.takeQueries(of, [await call('queries.open', { subject: of, event, form, row, item, text })]);
  }
  async function move(query: Query, asked: PersonsMove, text: string | null): Promise<void> {
    const input = { subject: query.subject, query: query.id };
    subject.takeQueries(query.subject, [await send(input, asked, text ?? '')]);
  }
  function canMove(query: Query, asked: PersonsMove): boolean {
    const person = session.session;
    // Any text will do: whether there is one is seen when it is sent.
    return person !== null && decideMove(query, asked, '…').ok && roleForMove(query, asked, person) !== null;
  }

  async function count(): Promise<void> {
    pending = undefined;
    if (session.isLocked) return;
    if (session.session === null) {
      openCount.value = null;
      return;
    }
    try {
      openCount.value = (await call('queries.count', {})).open;
    } catch {
      // Signed out or locked meanwhile: the number is asked for again with the next person.
      openCount.value = null;
    }
  }
  function countSoon(): void {
    pending ??= setTimeout(() => void count(), 0);
  }
  watch([(): unknown => session.session?.user, (): unknown => subject.queries], countSoon, {
    immediate: true,
  });

  return { filter, list, isLoaded, openCount, show, more, open, move, canMove };
});

function send(
  input: { readonly subject: string; readonly query: number },
  asked: PersonsMove,
  text: string,
): Promise<Query> {
  if (asked === 'answer') return call('queries.answer', { ...input, text });
  if (asked === 'reopen') return call('queries.reopen', { ...input, text });
  return call('queries.close', text === '' ? input : { ...input, text });
}
