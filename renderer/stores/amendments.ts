/** The versions of the study at this site, and installing the one that the application brings. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { StudyVersions } from '#shared/contract/amendments.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';
import { useSession } from './session.ts';

export const useAmendments = defineStore('amendments', () => {
  const notices = useNotices();
  const session = useSession();
  const versions = shallowRef<StudyVersions | null>(null);
  const isInstalling = ref(false);

  async function load(): Promise<void> {
    try {
      versions.value = await call('amendments.preview', {});
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  /** Ends the session: the next sign-in works with the newer definition. */
  async function install(reason: string): Promise<void> {
    const offered = versions.value?.offered ?? null;
    if (offered === null || isInstalling.value) return;
    isInstalling.value = true;
    try {
      await call('amendments.install', { fingerprint: offered.fingerprint, reason });
      versions.value = null;
      await session.load();
    } catch (error) {
      notices.tellRefused(error);
      await load();
    } finally {
      isInstalling.value = false;
    }
  }
  return { versions, isInstalling, load, install };
});
