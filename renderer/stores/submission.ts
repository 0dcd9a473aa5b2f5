/** Handing over: the rehearsal, the recipients and keys, and one bundle at a time, watched beside the work. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { BundleStatus, SubmissionDesk } from '#shared/contract/submission.ts';
import type { AcceptanceReport } from '#shared/submission/acceptance.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';

const askEveryMs = 250;

export const useSubmission = defineStore('submission', () => {
  const notices = useNotices();
  const desk = shallowRef<SubmissionDesk | null>(null);
  const report = shallowRef<AcceptanceReport | null>(null);
  const isRehearsing = ref(false);
  const needsSignatures = ref(false);
  const status = shallowRef<BundleStatus | null>(null);
  const isMaking = computed(() => status.value?.state === 'running');
  const fraction = computed(() => {
    const now = status.value;
    return now?.state === 'running' && now.total > 0 ? Math.min(1, now.done / now.total) : 0;
  });

  /** Whether it was carried out. */
  async function attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      notices.tellRefused(error);
      return false;
    }
  }
  async function load(): Promise<void> {
    await attempt(async () => {
      desk.value = await call('submission.desk', {});
    });
  }
  async function rehearse(): Promise<void> {
    isRehearsing.value = true;
    await attempt(async () => {
      const unsigned = needsSignatures.value ? 'rejects' : 'warns';
      report.value = await call('submission.rehearse', { unsigned });
    });
    isRehearsing.value = false;
  }
  async function addRecipient(key: string, name: string): Promise<boolean> {
    return await attempt(async () => {
      desk.value = await call('submission.addRecipient', { key, name });
    });
  }
  async function removeRecipient(key: string): Promise<void> {
    await attempt(async () => {
      desk.value = await call('submission.removeRecipient', { key });
    });
  }
  async function makeKey(): Promise<void> {
    await attempt(async () => {
      desk.value = await call('submission.signingKey', {});
    });
  }
  async function makeBundle(): Promise<void> {
    await attempt(async () => {
      const chosen = await call('submission.chooseFile', {});
      if (chosen === null) return;
      const { job } = await call('submission.bundle', { file: chosen.file });
      status.value = { state: 'running', job, step: 'writing', done: 0, total: 0 };
      await watchJob(job);
    });
    await load();
  }
  async function cancel(): Promise<void> {
    const now = status.value;
    if (now?.state !== 'running') return;
    await attempt(async () => {
      await call('submission.cancel', { job: now.job });
    });
  }
  async function watchJob(job: string): Promise<void> {
    try {
      while (status.value?.state === 'running') {
        await new Promise((resolve) => setTimeout(resolve, askEveryMs));
        status.value = await call('submission.status', { job });
      }
    } catch (error) {
      status.value = null;
      throw error;
    }
  }
  /** The next person or site is told nothing of this one's. */
  function forget(): void {
    desk.value = null;
    report.value = null;
    status.value = null;
  }
  return {
    ...{ desk, report, isRehearsing, needsSignatures, status, isMaking, fraction },
    ...{ load, rehearse, addRecipient, removeRecipient, makeKey, makeBundle, cancel, forget },
  };
});
