/** What a person set on this machine: language and theme. Nothing of a patient is ever kept here. */
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { Language } from '#shared/study.ts';
import { speak } from '../i18n.ts';

export type Theme = 'system' | 'light' | 'dark';
const place = 'cahier.preferences';

interface Kept {
  readonly language: Language;
  readonly theme: Theme;
}

export const usePreferences = defineStore('preferences', () => {
  const kept = readKept();
  const language = ref<Language>(kept.language);
  const theme = ref<Theme>(kept.theme);
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
  const systemDark = ref(systemIsDark.matches);
  systemIsDark.addEventListener('change', (event) => {
    systemDark.value = event.matches;
  });
  const isDark = computed(() => theme.value === 'dark' || (theme.value === 'system' && systemDark.value));

  watch(language, speak, { immediate: true });
  watch(
    isDark,
    (dark) => {
      document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    },
    { immediate: true },
  );
  watch([language, theme], () => {
    writeKept({ language: language.value, theme: theme.value });
  });

  function switchTheme(): void {
    theme.value = isDark.value ? 'light' : 'dark';
  }
  return { language, theme, isDark, switchTheme };
});

function readKept(): Kept {
  const usual: Kept = { language: navigator.language.startsWith('fr') ? 'fr' : 'en', theme: 'system' };
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
    if (typeof found !== 'object' || found === null) return usual;
    const language =
      'language' in found && (found.language === 'en' || found.language === 'fr')
        ? found.language
        : usual.language;
    const theme =
      'theme' in found && (found.theme === 'light' || found.theme === 'dark') ? found.theme : usual.theme;
    return { language, theme };
  } catch {
    // Unreadable or not allowed: the usual ones are as good.
    return usual;
  }
}

function writeKept(kept: Kept): void {
  try {
    localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // A preference that can't be kept is asked for again; nothing else depends on it.
  }
}
