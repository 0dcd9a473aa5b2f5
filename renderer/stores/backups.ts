/** The list of backups, one that is being made, and one that is tried out. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { BackupFolder, BackupRow, Rehearsal } from '#shared/contract/backups.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n.ts';
import { refusalWords, useNotices } from './notices.ts';

export const useBackups = defineStore('backups', () => {
  const notices = useNotices();
  const folders = shallowRef<readonly BackupFolder[]>([]);
  const rows = shallowRef<readonly BackupRow[]>([]);
  const isLoaded = ref(false);
  const isMaking = ref(false);
  const isRehearsing = ref(false);
  const rehearsal = shallowRef<Rehearsal | null>(null);
  const newestGood = computed(() => rows.value.find(({ state }) => state === 'verified') ?? null);

  async function attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function load(): Promise<void> {
    await attempt(async () => {
      const found = await call('backups.list', {});
      folders.value = found.folders;
      rows.value = found.backups;
      isLoaded.value = true;
    });
  }
  async function makeNow(): Promise<void> {
    isMaking.value = true;
    await attempt(async () => {
      const { places, seq } = await call('backups.now', {});
      notices.tellDone(t('backup.made', { entries: seq }));
      for (const place of places)
        if (place.state === 'failed') notices.tellProblem(refusalWords(place.error));
    });
    isMaking.value = false;
    await load();
  }
  async function rehearse({ folder: ordinal, name }: BackupRow): Promise<void> {
    await attempt(async () => {
      const chosen = await call('site.chooseFolder', { purpose: 'new' });
      if (chosen === null) return;
      isRehearsing.value = true;
      rehearsal.value = null;
      const { folder } = chosen;
      rehearsal.value = await call('backups.rehearse', { backup: { folder: ordinal, name }, folder });
    });
    isRehearsing.value = false;
  }
  /** Ends the session; null when it was refused. */
  async function restore(
    { folder, name }: BackupRow,
    reason: string,
  ): Promise<{ readonly aside: string } | null> {
    let done: { readonly aside: string } | null = null;
    isRehearsing.value = true;
    await attempt(async () => {
      done = await call('backups.restore', { backup: { folder, name }, reason });
    });
    isRehearsing.value = false;
    return done;
  }
  async function addFolder(): Promise<void> {
    await attempt(async () => {
      await call('backups.addFolder', {});
    });
    await load();
  }
  async function removeFolder(folder: number): Promise<void> {
    await attempt(async () => {
      await call('backups.removeFolder', { folder });
    });
    await load();
  }
  return {
    folders,
    rows,
    isLoaded,
    isMaking,
    isRehearsing,
    rehearsal,
    newestGood,
    load,
    makeNow,
    rehearse,
    restore,
    addFolder,
    removeFolder,
  };
});
