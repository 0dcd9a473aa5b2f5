/** The accounts of the site as the main process last told them, and what an administrator does with one. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { MethodInput } from '#shared/bridge.ts';
import type { LockOut, PeopleList, PersonRow } from '#shared/people.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';

/** What a dialog is open for. */
export type AccountAct = 'create' | 'rename' | 'roles' | 'password' | 'disable' | 'enable';

/** One call for each act, with its input. */
export type AccountCall =
  | { readonly act: 'create'; readonly input: MethodInput<'people.create'> }
  | { readonly act: 'rename'; readonly input: MethodInput<'people.rename'> }
  | { readonly act: 'roles'; readonly input: MethodInput<'people.setRoles'> }
  | { readonly act: 'password'; readonly input: MethodInput<'people.setPassword'> }
  | { readonly act: 'disable'; readonly input: MethodInput<'people.disable'> }
  | { readonly act: 'enable'; readonly input: MethodInput<'people.enable'> };

export const usePeople = defineStore('people', () => {
  const notices = useNotices();
  const people = shallowRef<readonly PersonRow[]>([]);
  const lockOuts = shallowRef<readonly LockOut[]>([]);
  const failures = ref(0);
  const isLoaded = ref(false);

  function take(list: PeopleList): void {
    people.value = list.people;
    lockOuts.value = list.lockOuts;
    failures.value = list.failures;
    isLoaded.value = true;
  }
  async function load(): Promise<void> {
    try {
      take(await call('people.list', {}));
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  /** Throws the refusal, for the dialog to show. */
  async function change(asked: AccountCall): Promise<void> {
    take(await send(asked));
  }
  return { people, lockOuts, failures, isLoaded, load, change };
});

function send(asked: AccountCall): Promise<PeopleList> {
  switch (asked.act) {
    case 'create':
      return call('people.create', asked.input);
    case 'rename':
      return call('people.rename', asked.input);
    case 'roles':
      return call('people.setRoles', asked.input);
    case 'password':
      return call('people.setPassword', asked.input);
    case 'disable':
      return call('people.disable', asked.input);
    case 'enable':
      return call('people.enable', asked.input);
  }
}
