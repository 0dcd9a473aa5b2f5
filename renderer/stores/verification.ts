/** Verifying beside the work: at most once a day by itself, whenever it is asked for; and what the trail has to tell unasked. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { TrailWatch, VerifyReport } from '#shared/bridge.ts';
import { call, toRefusal } from '../bridge.ts';
import { t } from '../i18n.ts';
import { useNotices } from './notices.ts';
import { useSession } from './session.ts';

const askEveryMs = 250;
const watchEveryMs = 60_000;
const dayMs = 86_400_000;

export const useVerification = defineStore('verification', () => {
  const notices = useNotices();
  const session = useSession();
  const report = shallowRef<VerifyReport | null>(null);
  const watch = shallowRef<TrailWatch | null>(null);
  const running = ref<{ entries: number; total: number; startedAt: number } | null>(null);
  const wasCancelled = ref(false);
  let toldClock = 0;
  let watching: ReturnType<typeof setInterval> | undefined;

  const fraction = computed(() =>
    running.value === null || running.value.total === 0
      ? 0
      : Math.min(1, running.value.entries / running.value.total),
  );
  const secondsLeft = computed(() => {
    if (running.value === null || fraction.value < 0.05) return null;
    const elapsed = performance.now() - running.value.startedAt;
    return Math.ceil((elapsed * (1 - fraction.value)) / fraction.value / 1000);
  });
  /** Something is wrong with file or trail, as far as it is known now. */
  const isWrong = computed(() => {
    if (report.value !== null) return !report.value.ok;
    return (watch.value?.openingProblems.length ?? 0) > 0 || watch.value?.verified?.ok === false;
  });

  async function verify(): Promise<void> {
    if (running.value !== null) return;
    running.value = { entries: 0, total: 0, startedAt: performance.now() };
    wasCancelled.value = false;
    const asking = setInterval(() => void askProgress(), askEveryMs);
    try {
      report.value = await call('audit.verify', {});
    } catch (error) {
      const { code } = toRefusal(error);
      wasCancelled.value = code === 'cancelled';
      if (code !== 'cancelled' && code !== 'signed-out') notices.tellRefused(error);
    } finally {
      clearInterval(asking);
      running.value = null;
    }
  }
  async function askProgress(): Promise<void> {
    try {
      const status = await call('audit.verifyStatus', {});
      if (status.state === 'running' && running.value !== null)
        running.value = { ...running.value, entries: status.entries, total: status.total };
    } catch {
      // A locked session shows no bar; the verification goes on.
    }
  }
  async function cancel(): Promise<void> {
    try {
      await call('audit.cancelVerify', {});
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  /** With the frame: from the sign-in on. */
  function start(): void {
    watching = setInterval(() => void look(), watchEveryMs);
    void look().then(() => {
      const at = watch.value?.verified?.at;
      if (watch.value !== null && (at === undefined || Date.now() - Date.parse(at) > dayMs)) void verify();
    });
  }
  function stop(): void {
    clearInterval(watching);
    report.value = null;
    watch.value = null;
  }
  async function look(): Promise<void> {
    if (!session.can('audit.read') || session.isLocked) return;
    try {
      watch.value = await call('audit.watch', {});
    } catch {
      // Locked or signed out meanwhile: asked again in a minute.
      return;
    }
    const moved = watch.value.clockMoved;
    if (moved === null || moved.seq <= toldClock) return;
    toldClock = moved.seq;
    if (Date.now() - Date.parse(moved.at) < dayMs)
      notices.tellProblem(t('trail.clockMoved', { minutes: moved.minutes }));
  }
  return {
    report,
    watch,
    running,
    wasCancelled,
    fraction,
    secondsLeft,
    isWrong,
    verify,
    cancel,
    start,
    stop,
  };
});
