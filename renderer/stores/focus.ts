/** The field that is being worked in: what the panel speaks of. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ValuePlace } from '#shared/record.ts';

export const useFocus = defineStore('focus', () => {
  const place = shallowRef<ValuePlace | null>(null);
  /** The field whose history was asked for. */
  const historyOf = shallowRef<ValuePlace | null>(null);
  const isPanelOpen = ref(false);

  function enter(at: ValuePlace): void {
    place.value = at;
  }
  function forget(): void {
    place.value = null;
    historyOf.value = null;
  }
  function askHistory(at: ValuePlace | null): void {
    historyOf.value = at;
    if (at !== null) isPanelOpen.value = true;
  }
  return { place, historyOf, isPanelOpen, enter, forget, askHistory };
});
