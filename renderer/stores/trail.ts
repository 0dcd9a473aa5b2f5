/** The entries that are looked at, filtered and sorted by the database, fetched in pages; and the review. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ChainedEntry } from '#shared/audit.ts';
import type { ReviewState, TrailFilter, TrailOrder } from '#shared/bridge.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';

const pageSize = 200;

export const useTrail = defineStore('trail', () => {
  const notices = useNotices();
  const filter = shallowRef<TrailFilter>({});
  const order = ref<TrailOrder>('seq');
  const descending = ref(true);
  const rows = shallowRef<readonly ChainedEntry[]>([]);
  const total = ref(0);
  const users = shallowRef<readonly string[]>([]);
  const groups = shallowRef<readonly string[]>([]);
  const isLoaded = ref(false);
  const review = shallowRef<ReviewState | null>(null);
  let round = 0;

  async function show(next: TrailFilter): Promise<void> {
    filter.value = next;
    round += 1;
    await fetchFrom(0);
  }
  async function sortBy(next: TrailOrder): Promise<void> {
    descending.value = order.value === next ? !descending.value : next === 'seq';
    order.value = next;
    await show(filter.value);
  }
  async function more(): Promise<void> {
    if (rows.value.length < total.value) await fetchFrom(rows.value.length);
  }
  async function fetchFrom(offset: number): Promise<void> {
    const mine = round;
    try {
      const found = await call('audit.list', {
        filter: filter.value,
        order: order.value,
        descending: descending.value,
        offset,
        limit: pageSize,
      });
      if (mine !== round) return;
      rows.value = offset === 0 ? found.rows : [...rows.value, ...found.rows];
      total.value = found.total;
      users.value = found.users;
      groups.value = found.groups;
      isLoaded.value = true;
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function loadReview(): Promise<void> {
    try {
      review.value = await call('audit.questions', {});
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  /** Throws the refusal: the dialog shows it beside the password. */
  async function sign(note: string, password: string): Promise<void> {
    if (review.value === null) return;
    review.value = await call('audit.review', { toSeq: review.value.toSeq, note, password });
    await show(filter.value);
  }
  return {
    filter,
    order,
    descending,
    rows,
    total,
    users,
    groups,
    isLoaded,
    review,
    show,
    sortBy,
    more,
    loadReview,
    sign,
  };
});
