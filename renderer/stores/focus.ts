/** The field that is being worked in: what the panel speaks of. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ValuePlace } from '#shared/record.ts';

export const useFocus = defineStore('focus', () => {
  const place = shallowRef<ValuePlace | null>(null);
  /** The field whose history was asked for. */
  const historyOf = shallowRef<ValuePlace | null>(null);
  /** Grows each time the queries of the field in focus are asked for. */
  const queriesAsked = ref(0);
  const isPanelOpen = ref(false);
  /** Key of the finding that is explained; at most one is. */
  const explained = ref<string | null>(null);

  function enter(at: ValuePlace): void {
    place.value = at;
  }
  function forget(): void {
    place.value = null;
    historyOf.value = null;
    explained.value = null;
  }
  function askHistory(at: ValuePlace | null): void {
    historyOf.value = at;
    if (at !== null) isPanelOpen.value = true;
  }
  function askQueries(): void {
    if (place.value === null) return;
    isPanelOpen.value = true;
    queriesAsked.value += 1;
  }
  /** Once more closes it. */
  function askWhy(finding: string): void {
    explained.value = explained.value === finding ? null : finding;
    if (explained.value !== null) isPanelOpen.value = true;
  }
  return {
    place,
    historyOf,
    queriesAsked,
    isPanelOpen,
    explained,
    enter,
    forget,
    askHistory,
    askQueries,
    askWhy,
  };
});
