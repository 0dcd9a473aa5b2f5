/** Forms to be entered a second time or decided, how many of them wait for this person, and the error rates. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { MethodInput, MethodOutput } from '#shared/bridge.ts';
import type { Comparison, SecondEntryList } from '#shared/contract/second-entry.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';
import { useSession } from './session.ts';

const pageSize = 200;
/** Somebody else can have completed a form since; nothing tells the window of it. */
const countEveryMs = 60_000;
const none: SecondEntryList['mine'] = { toEnter: 0, toDecide: 0 };

export const useSecondEntries = defineStore('second-entries', () => {
  const notices = useNotices();
  const session = useSession();
  const rows = shallowRef<SecondEntryList['rows']>([]);
  const total = ref(0);
  const mine = shallowRef(none);
  const rates = shallowRef<MethodOutput<'second.rates'> | null>(null);
  const comparison = shallowRef<Comparison | null>(null);
  const isLoaded = ref(false);
  let askedAt = -countEveryMs;

  function take(list: SecondEntryList): void {
    total.value = list.total;
    mine.value = list.mine;
    askedAt = performance.now();
  }
  /** For the rail, whenever a form was completed or decided here: how many wait. */
  async function count(): Promise<void> {
    if (!session.can('second.enter') && !session.can('second.adjudicate')) return;
    try {
      take(await call('second.list', { offset: 0, limit: 1 }));
    } catch (error) {
      // A count beside a word is not worth a message; that the session was locked is.
      session.noteRefusal(error);
    }
  }
  /** For the rail, while nothing is known to have changed. */
  async function countNowAndThen(): Promise<void> {
    if (performance.now() - askedAt >= countEveryMs) await count();
  }
  async function load(): Promise<void> {
    try {
      const list = await call('second.list', { offset: 0, limit: pageSize });
      take(list);
      rows.value = list.rows;
      rates.value = await call('second.rates', {});
      isLoaded.value = true;
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function more(): Promise<void> {
    try {
      const list = await call('second.list', { offset: rows.value.length, limit: pageSize });
      take(list);
      rows.value = [...rows.value, ...list.rows];
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function compare(place: MethodInput<'second.compare'>): Promise<boolean> {
    comparison.value = null;
    try {
      comparison.value = await call('second.compare', place);
      return true;
    } catch (error) {
      notices.tellRefused(error);
      return false;
    }
  }
  /** Whether it was decided; if not, what was chosen and typed stays on the page. */
  async function decide(decision: MethodInput<'second.decide'>): Promise<boolean> {
    try {
      comparison.value = await call('second.decide', decision);
      await count();
      return true;
    } catch (error) {
      notices.tellRefused(error);
      return false;
    }
  }
  return {
    rows,
    total,
    mine,
    rates,
    comparison,
    isLoaded,
    count,
    countNowAndThen,
    load,
    more,
    compare,
    decide,
  };
});
