/** The conflict book of a pool: filtered, fetched in pages, and decided one by one or all of a kind. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { MethodInput } from '#shared/bridge.ts';
import type { ConflictPage } from '#shared/contract/pool.ts';
import type { ConflictKind } from '#shared/pool/conflict.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';
import { useSession } from './session.ts';

/** Empty texts are no filter. */
export interface ConflictFilter {
  readonly kind: ConflictKind | '';
  readonly site: string;
  readonly state: 'open' | 'decided' | 'settled' | '';
}
export type Decision = MethodInput<'pool.decide'>;

const pageSize = 200;
const mostAtOnce = 500;
const nothing: ConflictPage = { rows: [], total: 0, counts: [] };

export const useConflicts = defineStore('conflicts', () => {
  const notices = useNotices();
  const session = useSession();
  const filter = ref<ConflictFilter>({ kind: '', site: '', state: 'open' });
  const page = shallowRef<ConflictPage>(nothing);
  const isLoaded = ref(false);
  const counts = shallowRef<ConflictPage['counts']>([]);
  const openCount = computed(() => counts.value.reduce((sum, { open }) => sum + open, 0));
  let round = 0;

  async function show(next: ConflictFilter): Promise<void> {
    filter.value = next;
    await fetch(0, pageSize);
  }
  /** The same lines once more, after something was decided. */
  async function refresh(): Promise<void> {
    await fetch(0, Math.min(mostAtOnce, Math.max(pageSize, page.value.rows.length)));
  }
  async function more(): Promise<void> {
    if (page.value.rows.length < page.value.total) await fetch(page.value.rows.length, pageSize);
  }
  async function fetch(offset: number, limit: number): Promise<void> {
    if (offset === 0) round += 1;
    const mine = round;
    try {
      const found = await call('pool.conflicts', { ...asked(filter.value), offset, limit });
      if (mine !== round) return;
      page.value = offset === 0 ? found : { ...found, rows: [...page.value.rows, ...found.rows] };
      counts.value = found.counts;
      isLoaded.value = true;
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  /** Open ones of a kind, at one site or at all. */
  async function countOpen(kind: ConflictKind, site: string): Promise<number> {
    const found = await call('pool.conflicts', {
      ...asked({ kind, site, state: 'open' }),
      ...{ offset: 0, limit: 1 },
    });
    return found.total;
  }
  /** Gives how many were decided. A refusal is told by whoever asked. */
  async function decide(decision: Decision): Promise<number> {
    const { decided } = await call('pool.decide', decision);
    await refresh();
    return decided;
  }

  async function count(): Promise<void> {
    if (session.isLocked) return;
    if (session.session === null || !session.isPool) {
      forget();
      return;
    }
    try {
      counts.value = (await call('pool.conflicts', { offset: 0, limit: 1 })).counts;
    } catch {
      // Signed out or locked meanwhile: the number is asked for again with the next person.
      counts.value = [];
    }
  }
  function forget(): void {
    round += 1;
    page.value = nothing;
    counts.value = [];
    isLoaded.value = false;
    filter.value = { kind: '', site: '', state: 'open' };
  }
  watch(
    () => session.session?.user,
    () => void count(),
    { immediate: true },
  );

  return { filter, page, isLoaded, counts, openCount, show, refresh, more, countOpen, decide, count };
});

function asked({
  kind,
  site,
  state,
}: ConflictFilter): Omit<MethodInput<'pool.conflicts'>, 'offset' | 'limit'> {
  return {
    ...(kind === '' ? {} : { kind }),
    ...(site === '' ? {} : { site }),
    ...(state === '' ? {} : { state }),
  };
}
