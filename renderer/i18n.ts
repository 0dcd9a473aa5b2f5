/** The words of the window. Messages are compiled to a syntax tree and interpreted, never evaluated as code. */
import { createI18n } from 'vue-i18n';
import type { Language } from '#shared/study.ts';
import en from './locales/en.json';
import fr from './locales/fr.json';

type Words = typeof en;

export const i18n = createI18n<[Words], Language, false>({
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- until version 12 this is how the old interface is left out
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en, fr },
});

/** For stores and plain functions; reactive on the language when it is read inside a computed. */
export const { t } = i18n.global;

export function speak(language: Language): void {
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
