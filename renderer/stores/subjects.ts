/** The subjects of the site, fetched in pages as the list is scrolled, searched as is typed. */
import { defineStore } from 'pinia';
import { ref, shallowReactive } from 'vue';
import type { SubjectRow } from '#shared/bridge.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';

const pageSize = 200;

export const useSubjects = defineStore('subjects', () => {
  const notices = useNotices();
  const search = ref('');
  const total = ref(0);
  const isLoaded = ref(false);
  const rows = shallowReactive(new Map<number, SubjectRow>());
  const asked = new Set<number>();
  /** Answers to an older search are dropped. */
  let round = 0;

  async function find(text: string): Promise<void> {
    search.value = text;
    round += 1;
    asked.clear();
    await fetchPage(0, true);
  }
  /** Makes sure that these rows are there, or on their way. */
  async function need(first: number, last: number): Promise<void> {
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) {
      if (!asked.has(page)) await fetchPage(page, false);
    }
  }
  async function fetchPage(page: number, anew: boolean): Promise<void> {
    const mine = round;
    asked.add(page);
    try {
      const found = await call('subjects.list', {
        search: search.value.trim(),
        offset: page * pageSize,
        limit: pageSize,
      });
      if (mine !== round) return;
      if (anew) rows.clear();
      total.value = found.total;
      isLoaded.value = true;
      for (const [position, row] of found.rows.entries()) rows.set(page * pageSize + position, row);
    } catch (error) {
      asked.delete(page);
      notices.tellRefused(error);
    }
  }
  return { search, total, isLoaded, rows, find, need };
});
