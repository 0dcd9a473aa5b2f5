/** A pooled folder: files are chosen, taken in one after the other beside the work, and what is held of each site is looked over. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type {
  DeliveryLine,
  PooledSite,
  PoolFileOutcome,
  PoolOverview,
  PoolStatus,
} from '#shared/contract/pool.ts';
import { call } from '../bridge.ts';
import { useConflicts } from './conflicts.ts';
import { useNotices } from './notices.ts';

/** left: the job ended before its turn came. */
export type FileState = 'chosen' | 'waiting' | 'reading' | 'left' | PoolFileOutcome['state'];
export interface ListedFile {
  readonly path: string;
  readonly name: string;
  readonly state: FileState;
  readonly outcome: PoolFileOutcome | null;
}

const askEveryMs = 200;
const nothing: PoolOverview = { sites: [], deliveries: [] };

export const usePool = defineStore('pool', () => {
  const notices = useNotices();
  const conflicts = useConflicts();
  const overview = shallowRef<PoolOverview>(nothing);
  const isLoaded = ref(false);
  const paths = shallowRef<readonly string[]>([]);
  const status = shallowRef<PoolStatus | null>(null);

  const isRunning = computed(() => status.value?.state === 'running');
  const doneCount = computed(() => status.value?.outcomes.length ?? 0);
  const files = computed(() => paths.value.map((path, index) => toListed(path, index, status.value)));
  /** Chosen, and not yet asked to be taken in. */
  const isChosen = computed(() => paths.value.length > 0 && status.value === null);
  /** Of all sites that ever handed something in, taken or not. */
  const siteCodes = computed(() => {
    const delivered = overview.value.deliveries.flatMap(({ site }) => (site === null ? [] : [site]));
    return [...new Set([...overview.value.sites.map(({ code }) => code), ...delivered])].sort();
  });

  async function attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function load(): Promise<void> {
    await attempt(async () => {
      overview.value = await call('pool.overview', {});
      isLoaded.value = true;
    });
  }
  async function choose(): Promise<void> {
    await attempt(async () => {
      const chosen = await call('pool.chooseFiles', {});
      if (chosen === null) return;
      paths.value = chosen.files;
      status.value = null;
    });
  }
  async function take(): Promise<void> {
    if (!isChosen.value) return;
    await attempt(async () => {
      const { job } = await call('pool.take', { files: [...paths.value] });
      status.value = { job, state: 'running', total: paths.value.length, outcomes: [], error: null };
      await watchJob(job);
    });
    await Promise.all([load(), conflicts.count()]);
  }
  async function watchJob(job: string): Promise<void> {
    while (status.value?.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
      status.value = await call('pool.status', { job });
    }
  }
  async function cancel(): Promise<void> {
    const job = status.value?.job;
    if (job === undefined) return;
    await attempt(async () => {
      await call('pool.cancel', { job });
    });
  }
  function drop(): void {
    paths.value = [];
    status.value = null;
  }
  /** The next person, or the next folder, is told nothing of this one. */
  function forget(): void {
    drop();
    overview.value = nothing;
    isLoaded.value = false;
  }
  return {
    ...{ overview, isLoaded, status, files, isRunning, isChosen, doneCount, siteCodes },
    ...{ load, choose, take, cancel, drop, forget },
  };
});

function toListed(path: string, index: number, status: PoolStatus | null): ListedFile {
  const outcome = status?.outcomes[index] ?? null;
  return { path, name: nameOf(path), state: stateOf(index, outcome, status), outcome };
}

function stateOf(index: number, outcome: PoolFileOutcome | null, status: PoolStatus | null): FileState {
  if (status === null) return 'chosen';
  if (outcome !== null) return outcome.state;
  if (status.state !== 'running') return 'left';
  return index === status.outcomes.length ? 'reading' : 'waiting';
}

function nameOf(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}

/** How the delivering of a site stands: its newest file, whatever became of it. */
export function deliveryState(
  { code, held }: PooledSite,
  deliveries: readonly DeliveryLine[],
): PoolFileOutcome['state'] {
  if (held) return 'held';
  return deliveries.find(({ site }) => site === code)?.state ?? 'taken';
}
