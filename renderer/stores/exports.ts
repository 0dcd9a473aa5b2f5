/** One export at a time, beside the work: started, watched, cancelled. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ExportStatus } from '#shared/bridge.ts';
import type { ExportWish } from '#shared/export-choices.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';

const askEveryMs = 250;

export const useExports = defineStore('exports', () => {
  const notices = useNotices();
  const status = shallowRef<ExportStatus | null>(null);
  const startedAt = ref(0);
  const elapsedMs = ref(0);
  let isWatching = false;

  const isRunning = computed(() => status.value?.state === 'running');
  const fraction = computed(() => {
    const now = status.value;
    return now?.state === 'running' && now.totalCells > 0 ? Math.min(1, now.cells / now.totalCells) : 0;
  });
  /** null until enough was done to tell. */
  const secondsLeft = computed(() =>
    fraction.value < 0.02
      ? null
      : Math.ceil((elapsedMs.value * (1 - fraction.value)) / fraction.value / 1000),
  );

  async function start(wish: ExportWish): Promise<void> {
    try {
      const chosen = await call('exports.chooseFile', {});
      if (chosen === null) return;
      const { job } = await call('exports.start', { file: chosen.file, ...wish });
      startedAt.value = performance.now();
      elapsedMs.value = 0;
      status.value = { state: 'running', job, sheet: '', cells: 0, totalCells: 0 };
      void watchJob(job);
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function cancel(): Promise<void> {
    if (status.value?.state !== 'running') return;
    try {
      await call('exports.cancel', { job: status.value.job });
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function watchJob(job: string): Promise<void> {
    if (isWatching) return;
    isWatching = true;
    try {
      while (status.value?.state === 'running') {
        await new Promise((resolve) => setTimeout(resolve, askEveryMs));
        status.value = await call('exports.status', { job });
        elapsedMs.value = performance.now() - startedAt.value;
      }
    } catch (error) {
      status.value = null;
      notices.tellRefused(error);
    } finally {
      isWatching = false;
    }
  }
  return { status, isRunning, fraction, secondsLeft, start, cancel };
});
