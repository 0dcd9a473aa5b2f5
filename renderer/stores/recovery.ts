/** What a person is told right after signing in: an unexpected end, drafts that were kept, a disk that is nearly full. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { KeptDraft, Recovery } from '#shared/contract/survival.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n.ts';
import { useDraftJournal } from './draft-journal.ts';
import { useNotices } from './notices.ts';

export const useRecovery = defineStore('recovery', () => {
  const journal = useDraftJournal();
  const notices = useNotices();
  /** null: nothing is to be told. */
  const told = shallowRef<Recovery | null>(null);

  async function look(): Promise<void> {
    try {
      const found = await call('recovery.look', {});
      const isWorthTelling =
        found.unexpectedEnd !== null || found.drafts.length > 0 || found.damagedJournal !== null;
      told.value = isWorthTelling ? found : null;
      if (found.isDiskLow)
        notices.tellProblem(
          t('recovery.diskLow', { megabytes: Math.floor((found.freeBytes ?? 0) / 1_000_000) }),
        );
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  function settle(done: readonly KeptDraft[]): void {
    if (told.value === null) return;
    const drafts = told.value.drafts.filter((draft) => !done.includes(draft));
    told.value = drafts.length === 0 ? null : { ...told.value, drafts };
  }
  async function putBack(drafts: readonly KeptDraft[]): Promise<void> {
    await journal.putBack(drafts);
    settle(drafts);
  }
  async function discard(drafts: readonly KeptDraft[]): Promise<void> {
    try {
      await journal.discard(drafts);
      settle(drafts);
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  function close(): void {
    told.value = null;
  }
  return { told, look, putBack, discard, close };
});
