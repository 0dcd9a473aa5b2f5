/** Short messages at the edge of the window: refusals that belong to no field, and things that are done. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Refusal } from '#shared/bridge.ts';
import { toRefusal } from '../bridge.ts';
import { i18n, t } from '../i18n.ts';
import { useSession } from './session.ts';

export interface Notice {
  readonly id: number;
  readonly kind: 'done' | 'refused';
  readonly words: string;
}
const shownMs = { done: 6000, refused: 20_000 } as const;

/** The window's own words for a refusal; the main process's English sentence when it has none. */
export function refusalWords(refusal: Refusal): string {
  const path = `refusal.${refusal.key}`;
  return i18n.global.te(path)
    ? t(path, { ...refusal.params, reference: refusal.reference ?? '' })
    : refusal.message;
}

export const useNotices = defineStore('notices', () => {
  const notices = ref<readonly Notice[]>([]);
  let last = 0;

  function add(kind: Notice['kind'], words: string): void {
    last += 1;
    const id = last;
    // Of what is done the newest is enough; refusals stay beside each other.
    const others = notices.value.filter(
      (notice) => notice.words !== words && (kind === 'refused' || notice.kind === 'refused'),
    );
    notices.value = [...others, { id, kind, words }].slice(-3);
    setTimeout(() => {
      dismiss(id);
    }, shownMs[kind]);
  }
  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }
  /** The next person is told nothing of what this one did. */
  function forget(): void {
    notices.value = [];
  }
  function tellDone(words: string): void {
    add('done', words);
  }
  function tellProblem(words: string): void {
    add('refused', words);
  }
  function tellRefused(error: unknown): void {
    const session = useSession();
    session.noteRefusal(error);
    if (toRefusal(error).key !== 'session-locked') add('refused', refusalWords(toRefusal(error)));
  }
  return { notices, tellDone, tellProblem, tellRefused, dismiss, forget };
});
