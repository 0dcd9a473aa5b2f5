/** The import's assistant: a file, its columns, a dry run, and only then the import. One at a time, beside the work. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ImportLook, ImportStatus } from '#shared/contract/imports.ts';
import type { TableLayout } from '#shared/import/guess.ts';
import type { ImportMapping, MappedColumn, MappedTable } from '#shared/import-mapping.ts';
import { call } from '../bridge.ts';
import { useNotices } from './notices.ts';
import { useStudy } from './study.ts';

export const importSteps = ['file', 'columns', 'try', 'done'] as const;
export type ImportStep = (typeof importSteps)[number];

const askEveryMs = 200;

export const useImports = defineStore('imports', () => {
  const notices = useNotices();
  const study = useStudy();
  const step = ref<ImportStep>('file');
  const file = ref<string | null>(null);
  const look = shallowRef<ImportLook | null>(null);
  const table = shallowRef<MappedTable | null>(null);
  /** A kept mapping of several tables is used as it stands. */
  const kept = shallowRef<ImportMapping | null>(null);
  const name = ref('');
  const overwrite = ref(false);
  const reason = ref('');
  const status = shallowRef<ImportStatus | null>(null);
  const isReading = ref(false);
  /** The decisions of the newest dry run. */
  const tried = ref('');

  const isRunning = computed(() => status.value?.state === 'running');
  const report = computed(() => (status.value?.state === 'done' ? status.value.report : null));
  const mapping = computed((): ImportMapping | undefined => {
    if (look.value?.kind !== 'table') return undefined;
    if (kept.value !== null) return kept.value;
    const own = table.value;
    const id = study.model?.study.id;
    if (own === null || own.columns.length === 0 || id === undefined) return undefined;
    return { cahierMapping: 1, name: name.value.trim() || 'Mapping', study: id, tables: [own] };
  });
  const decisions = computed(() => `${String(overwrite.value)} ${String(reason.value.trim() !== '')}`);
  /** What was tried is what is going to be done. */
  const isTried = computed(() => report.value?.dryRun === true && tried.value === decisions.value);
  const canTry = computed(() => look.value?.kind === 'own' || mapping.value !== undefined);

  function forget(): void {
    step.value = 'file';
    [file.value, look.value, table.value, kept.value, status.value] = [null, null, null, null, null];
    [overwrite.value, reason.value, name.value] = [false, '', ''];
  }
  async function choose(): Promise<void> {
    try {
      const chosen = await call('imports.chooseFile', {});
      if (chosen === null) return;
      forget();
      file.value = chosen.file;
      await read(null);
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  /** Lays open the table that is said, or the one that the study can tell most of. */
  async function read(layout: TableLayout | null): Promise<void> {
    if (file.value === null || isReading.value) return;
    isReading.value = true;
    try {
      await study.load();
      const found = await call('imports.read', { file: file.value, ...(layout === null ? {} : { layout }) });
      look.value = found;
      kept.value = null;
      if (found.table !== null) {
        const { layout: own, guess } = found.table;
        table.value = found.sheets.length > 1 ? { ...guess, sheet: own.sheet } : guess;
      }
      if (layout === null) name.value = found.file.replace(/\.[^.]+$/u, '');
      step.value = 'columns';
    } catch (error) {
      if (layout === null) forget();
      notices.tellRefused(error);
    } finally {
      isReading.value = false;
    }
  }
  function change(part: Partial<MappedTable>): void {
    if (table.value !== null) table.value = { ...table.value, ...part };
  }
  /** null takes the column out of the mapping. */
  function setColumn(column: string, answers: MappedColumn | null): void {
    const own = table.value;
    if (own === null) return;
    const at = own.columns.findIndex((known) => known.column === column);
    const columns = [...own.columns];
    if (answers === null) columns.splice(at, at === -1 ? 0 : 1);
    else if (at === -1) columns.push(answers);
    else columns[at] = answers;
    const ignored = own.ignored.filter((known) => known !== column);
    change({ columns, ignored: answers === null ? [...ignored, column] : ignored });
  }
  function useKept(saved: ImportMapping | null): void {
    const [only, other] = saved?.tables ?? [];
    kept.value = other === undefined ? null : saved;
    if (saved === null || only === undefined) return;
    name.value = saved.name;
    if (other === undefined) table.value = only;
  }
  async function start(method: 'imports.dryRun' | 'imports.run'): Promise<void> {
    if (file.value === null || look.value === null || !canTry.value) return;
    const said = reason.value.trim();
    const input = {
      file: file.value,
      ...(mapping.value === undefined ? {} : { mapping: mapping.value }),
      differing: overwrite.value ? 'overwrite' : 'leave',
      ...(said === '' ? {} : { reason: said }),
    } as const;
    try {
      const sha256 = report.value?.sha256 ?? look.value.sha256;
      const { job } =
        method === 'imports.run' ? await call(method, { ...input, sha256 }) : await call(method, input);
      tried.value = decisions.value;
      status.value = { state: 'running', job, step: 'reading', done: 0, total: 0 };
      step.value = method === 'imports.run' ? 'done' : 'try';
      await watchJob(job);
    } catch (error) {
      status.value = null;
      notices.tellRefused(error);
    }
  }
  async function watchJob(job: string): Promise<void> {
    while (status.value?.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
      status.value = await call('imports.status', { job });
    }
  }
  async function cancel(): Promise<void> {
    if (status.value?.state !== 'running') return;
    try {
      await call('imports.cancel', { job: status.value.job });
    } catch (error) {
      notices.tellRefused(error);
    }
  }
  return {
    ...{
      step,
      file,
      look,
      table,
      kept,
      name,
      overwrite,
      reason,
      status,
      isReading,
      isRunning,
      report,
      canTry,
      isTried,
    },
    ...{ choose, read, change, setColumn, useKept, start, cancel, forget },
  };
});
