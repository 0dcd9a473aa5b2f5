/** Which site is open and who is at it. Everything about locking passes here; what was typed lives elsewhere and stays. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { MethodInput, SessionInfo, SiteStatus } from '#shared/bridge.ts';
import type { Verb } from '#shared/permissions.ts';
import { isPool as isPoolCode } from '#shared/pool/pool-code.ts';
import { call, toRefusal } from '../bridge.ts';

export const useSession = defineStore('session', () => {
  const status = shallowRef<SiteStatus | null>(null);
  /** The person asked for the start page although a site is known. */
  const isChoosing = ref(false);
  /** A backup is made of what was done; that takes a moment. */
  const isSigningOut = ref(false);
  const session = computed<SessionInfo | null>(() => status.value?.session ?? null);
  /** The folder holds what many sites delivered. */
  const isPool = computed(() => isPoolCode(status.value?.siteCode ?? ''));
  const isLocked = computed(() => status.value?.state === 'locked');

  function can(verb: Verb): boolean {
    return session.value?.verbs.includes(verb) ?? false;
  }
  async function load(): Promise<void> {
    status.value = await call('site.status', {});
  }
  async function useFolder(folder: string): Promise<void> {
    status.value = await call('site.use', { folder });
    isChoosing.value = false;
  }
  async function signIn(input: MethodInput<'session.signIn'>): Promise<void> {
    await call('session.signIn', input);
    await load();
  }
  async function recover(input: MethodInput<'session.recover'>): Promise<void> {
    await call('session.recover', input);
    await load();
  }
  async function changePassword(input: MethodInput<'session.changePassword'>): Promise<void> {
    await call('session.changePassword', input);
    await load();
  }
  async function lock(): Promise<void> {
    if (status.value?.state !== 'open') return;
    // The page is covered first: whatever the main process answers, nobody reads on.
    cover();
    try {
      await call('session.lock', {});
    } finally {
      await load();
    }
  }
  async function unlock(password: string): Promise<void> {
    try {
      await call('session.unlock', { password });
    } catch (error) {
      if (toRefusal(error).code === 'signed-out') await load();
      throw error;
    }
    await load();
  }
  async function signOut(): Promise<void> {
    isSigningOut.value = true;
    try {
      await call('session.signOut', {});
    } finally {
      isSigningOut.value = false;
      await load();
    }
  }
  /** The main process locked on its own, or ended the session: told by the refusal of any call. */
  function noteRefusal(error: unknown): void {
    const { code, key } = toRefusal(error);
    if (key === 'session-locked') cover();
    else if (code === 'signed-out' || key === 'password-due') void load();
  }
  function cover(): void {
    if (status.value !== null) status.value = { ...status.value, state: 'locked' };
  }
  return {
    status,
    isChoosing,
    isSigningOut,
    session,
    isPool,
    isLocked,
    can,
    load,
    useFolder,
    signIn,
    recover,
    changePassword,
    lock,
    unlock,
    signOut,
    noteRefusal,
  };
});
