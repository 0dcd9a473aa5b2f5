/** The study of the open site, ready to run. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { createStudyModel, type StudyModel } from '#shared/study-model.ts';
import { call } from '../bridge.ts';

export const useStudy = defineStore('study', () => {
  const model = shallowRef<StudyModel | null>(null);
  const fingerprint = shallowRef('');

  /** The definition was checked when it was installed: its faults are not looked at again. */
  async function load(): Promise<StudyModel> {
    const current = await call('studies.current', {});
    if (model.value === null || current.fingerprint !== fingerprint.value) {
      model.value = createStudyModel(current.study).model;
      fingerprint.value = current.fingerprint;
    }
    return model.value;
  }
  function forget(): void {
    model.value = null;
    fingerprint.value = '';
  }
  return { model, fingerprint, load, forget };
});
