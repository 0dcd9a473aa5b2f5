/** A password is asked for: one attempt at a time, and none while the growing delay after failures lasts. */
import { computed, onBeforeUnmount, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Refusal } from '#shared/bridge.ts';
import { toRefusal } from '../bridge.ts';
import { t } from '../i18n.ts';
import { refusalWords } from './notices.ts';

export interface Waiting {
  readonly isBusy: Ref<boolean>;
  readonly problem: ComputedRef<string | null>;
  readonly refusal: ShallowRef<Refusal | null>;
  readonly secondsLeft: Ref<number>;
  attempt(work: () => Promise<void>): Promise<boolean>;
  clear(): void;
}

export function useWaiting(): Waiting {
  const isBusy = ref(false);
  const refusal = shallowRef<Refusal | null>(null);
  const secondsLeft = ref(0);
  let ticking: ReturnType<typeof setInterval> | undefined;

  const problem = computed(() => {
    if (refusal.value === null) return null;
    if (refusal.value.code !== 'too-many-attempts') return refusalWords(refusal.value);
    return secondsLeft.value > 0
      ? t('signIn.delay', { time: showDelay(secondsLeft.value) })
      : t('signIn.delayOver');
  });

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    if (isBusy.value || secondsLeft.value > 0) return false;
    isBusy.value = true;
    refusal.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      refusal.value = toRefusal(error);
      const seconds = refusal.value.params['seconds'];
      if (refusal.value.code === 'too-many-attempts' && typeof seconds === 'number') countDown(seconds);
      return false;
    } finally {
      isBusy.value = false;
    }
  }
  function countDown(seconds: number): void {
    const end = performance.now() + seconds * 1000;
    clearInterval(ticking);
    secondsLeft.value = Math.ceil(seconds);
    ticking = setInterval(() => {
      secondsLeft.value = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      if (secondsLeft.value === 0) clearInterval(ticking);
    }, 500);
  }
  onBeforeUnmount(() => {
    clearInterval(ticking);
  });
  return { isBusy, problem, refusal, secondsLeft, attempt, clear: () => (refusal.value = null) };
}

/** "45 s", "2 min 05 s". */
export function showDelay(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return minutes === 0 ? `${String(rest)} s` : `${String(minutes)} min ${String(rest).padStart(2, '0')} s`;
}
