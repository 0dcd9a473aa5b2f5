/** One copy at a time, made beside the work: where it goes is chosen, then it is watched and can be cancelled. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { CopyOrder, CopyStatus } from '#shared/contract/copies.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n.ts';
import { refusalWords, useNotices } from './notices.ts';
import { usePreferences } from './preferences.ts';

const askEveryMs = 250;

export const useCopies = defineStore('copies', () => {
  const notices = useNotices();
  const preferences = usePreferences();
  const status = shallowRef<CopyStatus | null>(null);
  /** Nobody looks at the dialog: the end is told at the edge of the window. */
  let isWatched = false;

  const isRunning = computed(() => status.value?.state === 'running');
  /** null while nobody knows how much there is. */
  const fraction = computed(() => {
    const now = status.value;
    return now?.state === 'running' && now.stage === 'reading' && now.total > 0 ? now.done / now.total : null;
  });

  async function start(order: CopyOrder): Promise<void> {
    try {
      const chosen = await call('copies.chooseFile', { order });
      if (chosen === null) return;
      const { language } = preferences;
      const { job } = await call('copies.start', { order, language, file: chosen.file });
      status.value = { state: 'running', job, stage: 'reading', done: 0, total: 0 };
      void watchJob(job);
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function cancel(): Promise<void> {
    if (status.value?.state !== 'running') return;
    try {
      await call('copies.cancel', { job: status.value.job });
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function watchJob(job: string): Promise<void> {
    try {
      while (status.value?.state === 'running' && status.value.job === job) {
        await new Promise((resolve) => setTimeout(resolve, askEveryMs));
        status.value = await call('copies.status', { job });
      }
      tellEnd();
    } catch (error) {
      status.value = null;
      notices.tellRefused(error);
    }
  }
  function tellEnd(): void {
    if (isWatched || status.value === null) return;
    if (status.value.state === 'done') notices.tellDone(t('copies.told', { file: status.value.file }));
    if (status.value.state === 'failed') notices.tellProblem(refusalWords(status.value.error));
  }
  /** The dialog is open, or not any more. What came of the last copy is not shown twice. */
  function watchFrom(isOpen: boolean): void {
    isWatched = isOpen;
    if (isOpen && !isRunning.value) status.value = null;
  }
  function forget(): void {
    status.value = null;
  }
  return { status, isRunning, fraction, start, cancel, watchFrom, forget };
});
