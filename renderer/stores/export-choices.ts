/**
 * What a person chooses for the next export, counted as it is changed, and the choices that are kept under a name. Parts that
 * are switched off keep what was chosen there, so that switching back loses nothing.
 */
import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef, toRaw, watch } from 'vue';
import type { ExportPreview, SavedPreset } from '#shared/bridge.ts';
import type { Deidentification, ExportFormat, ExportWish } from '#shared/export-choices.ts';
import { call, toRefusal } from '../bridge.ts';
import { refusalWords, useNotices } from './notices.ts';

const countAfterMs = 350;

export interface Draft {
  scope: 'all' | 'signed';
  someForms: boolean;
  forms: string[];
  someSubjects: boolean;
  /** Numbers as typed, parted by commas or spaces. */
  subjects: string;
  asThen: boolean;
  /** Local wall clock: "2026-01-31T14:20". */
  then: string;
  beside: ExportFormat[];
  closed: boolean;
  deidentification: Deidentification;
  submission: boolean;
}

function untouched(): Draft {
  return {
    ...{ scope: 'all', someForms: false, forms: [], someSubjects: false, subjects: '' },
    ...{ asThen: false, then: '', beside: [], closed: false, submission: false },
    deidentification: { dates: 'shifted', freeText: 'removed', subjects: 'replaced', oldestAge: null },
  };
}

/** What has to be said yet before the choices say anything. */
export type Lacking = 'forms' | 'subjects' | 'then' | null;

export const useExportChoices = defineStore('export-choices', () => {
  const notices = useNotices();
  const draft = reactive<Draft>(untouched());
  const presets = shallowRef<readonly SavedPreset[]>([]);
  const preview = shallowRef<ExportPreview | null>(null);
  const problem = ref('');
  const isCounting = ref(false);
  /** Counts of older choices are dropped. */
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const numbers = computed(() => draft.subjects.split(/[\s,;]+/u).filter((number) => number !== ''));
  const lacking = computed<Lacking>(() => {
    if (draft.someForms && draft.forms.length === 0) return 'forms';
    if (draft.someSubjects && numbers.value.length === 0) return 'subjects';
    return draft.asThen && draft.then === '' ? 'then' : null;
  });
  const wish = computed<ExportWish>(() => ({
    formats: ['xlsx', ...draft.beside],
    choices: {
      scope: draft.scope,
      subjects: draft.someSubjects ? [...numbers.value] : null,
      forms: draft.someForms ? [...draft.forms] : null,
      cutAt: draft.asThen && draft.then !== '' ? new Date(draft.then).toISOString() : null,
      submission: draft.submission,
      deidentification: draft.closed ? { ...toRaw(draft.deidentification) } : null,
    },
  }));

  watch(wish, countSoon, { deep: true });

  function countSoon(): void {
    clearTimeout(timer);
    round += 1;
    isCounting.value = lacking.value === null;
    if (lacking.value === null) timer = setTimeout(() => void count(), countAfterMs);
  }
  async function count(): Promise<void> {
    const mine = round;
    try {
      const counted = await call('exports.preview', { choices: wish.value.choices });
      if (mine !== round) return;
      preview.value = counted;
      problem.value = '';
    } catch (error) {
      if (mine !== round) return;
      preview.value = null;
      problem.value = refusalWords(toRefusal(error));
    }
    isCounting.value = false;
  }

  function use({ formats, choices }: ExportWish): void {
    const { scope, subjects, forms, cutAt, submission, deidentification } = choices;
    Object.assign(draft, {
      ...untouched(),
      ...{ scope, submission },
      ...(forms === null ? {} : { someForms: true, forms: [...forms] }),
      ...(subjects === null ? {} : { someSubjects: true, subjects: subjects.join(', ') }),
      ...(cutAt === null ? {} : { asThen: true, then: toWallClock(cutAt) }),
      ...(deidentification === null ? {} : { closed: true, deidentification: { ...deidentification } }),
      beside: formats.filter((format) => format !== 'xlsx'),
    } satisfies Draft);
  }
  async function keepPresets(asked: Promise<{ presets: readonly SavedPreset[] }>): Promise<boolean> {
    try {
      ({ presets: presets.value } = await asked);
      return true;
    } catch (error) {
      notices.tellRefused(error);
      return false;
    }
  }
  /** On each visit: other people save presets, and the record has gone on. */
  async function open(): Promise<void> {
    countSoon();
    await keepPresets(call('exports.presets', {}));
  }
  const save = (name: string): Promise<boolean> =>
    keepPresets(call('exports.savePreset', { name, wish: wish.value }));
  const remove = (name: string): Promise<boolean> => keepPresets(call('exports.removePreset', { name }));

  return { draft, wish, lacking, presets, preview, problem, isCounting, open, use, save, remove };
});

function toWallClock(iso: string): string {
  const at = new Date(iso);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}
