/** The study's table as it was last asked for, the row whose subjects are shown, and saving it to a file. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { MethodInput } from '#shared/bridge.ts';
import type { SummaryRowResult } from '#shared/summary-table.ts';
import type { StudyReport } from '#shared/summary-table/report.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';
import { usePreferences } from './preferences.ts';

export const useReports = defineStore('reports', () => {
  const notices = useNotices();
  const preferences = usePreferences();
  const report = shallowRef<StudyReport | null>(null);
  /** Id of the row whose subjects are shown. */
  const chosen = ref<string | null>(null);
  const isSaving = ref(false);
  const savedTo = ref<string | null>(null);

  const rows = computed<readonly SummaryRowResult[]>(() =>
    (report.value?.tables ?? []).flatMap((table) => table.sections.flatMap((section) => section.rows)),
  );
  const chosenRow = computed(() => rows.value.find(({ row }) => row === chosen.value) ?? null);

  async function load(): Promise<void> {
    savedTo.value = null;
    try {
      report.value = await call('reports.studyTable', {});
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  async function save(format: MethodInput<'reports.chooseFile'>['format']): Promise<void> {
    if (isSaving.value) return;
    isSaving.value = true;
    savedTo.value = null;
    try {
      const file = await call('reports.chooseFile', { format });
      if (file === null) return;
      savedTo.value = (await call('reports.write', { ...file, language: preferences.language })).file;
    } catch (error) {
      notices.tellRefused(error);
    } finally {
      isSaving.value = false;
    }
  }
  function forget(): void {
    report.value = null;
    chosen.value = null;
    savedTo.value = null;
  }
  return { report, chosen, chosenRow, isSaving, savedTo, load, save, forget };
});
