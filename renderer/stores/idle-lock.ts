/** Locks the session when nobody has touched the window for the set time. The main process keeps a clock of its own. */
import { onBeforeUnmount, onMounted } from 'vue';
import { useSession } from './session.ts';

const lookEveryMs = 5000;
const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

export function useIdleLock(): void {
  const session = useSession();
  let touchedAt = performance.now();
  let looking: ReturnType<typeof setInterval> | undefined;

  function touch(): void {
    touchedAt = performance.now();
  }
  function look(): void {
    const idleMs = (session.session?.idleMinutes ?? 10) * 60_000;
    if (session.status?.state !== 'open') touch();
    else if (performance.now() - touchedAt >= idleMs) void session.lock();
  }
  onMounted(() => {
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true, capture: true });
    looking = setInterval(look, lookEveryMs);
  });
  onBeforeUnmount(() => {
    for (const sign of signs) window.removeEventListener(sign, touch, { capture: true });
    clearInterval(looking);
  });
}
