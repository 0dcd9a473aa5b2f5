/** Findings of all subjects, filtered, fetched in pages. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { MethodInput, WorklistFinding } from '#shared/bridge.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';

type Filter = Pick<MethodInput<'findings.list'>, 'severity' | 'status'>;
const pageSize = 200;

export const useWorklist = defineStore('worklist', () => {
  const notices = useNotices();
  const filter = ref<Filter>({ status: 'open' });
  const rows = shallowRef<readonly WorklistFinding[]>([]);
  const total = ref(0);
  const isLoaded = ref(false);
  let round = 0;

  async function show(next: Filter): Promise<void> {
    filter.value = next;
    round += 1;
    await fetchFrom(0);
  }
  async function more(): Promise<void> {
    if (rows.value.length < total.value) await fetchFrom(rows.value.length);
  }
  async function fetchFrom(offset: number): Promise<void> {
    const mine = round;
    try {
      const found = await call('findings.list', { ...filter.value, offset, limit: pageSize });
      if (mine !== round) return;
      rows.value = offset === 0 ? found.rows : [...rows.value, ...found.rows];
      total.value = found.total;
      isLoaded.value = true;
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  return { filter, rows, total, isLoaded, show, more };
});
