/** What the findings of items say: what is so, the limits, and what can be done. */
import type { Bounds, Language, Text } from './study.ts';
import { showNumber } from './study-scope/shown-value.ts';
import { unitAfterNumber } from './units.ts';

export interface Limits {
  readonly bounds: Bounds;
  readonly unit: string | undefined;
}

/** "1.5 to 250 kg", "at least 1.5 kg", "at most 250 kg" */
export function showLimits({ bounds: { min, max }, unit }: Limits, language: Language): string {
  const after = unit === undefined ? '' : unitAfterNumber(unit, language);
  const french = language === 'fr';
  if (min !== undefined && max !== undefined)
    return `${showNumber(min, language)} ${french ? 'à' : 'to'} ${showNumber(max, language)}${after}`;
  if (min !== undefined) return `${french ? 'au moins' : 'at least'} ${showNumber(min, language)}${after}`;
  return max === undefined ? '' : `${french ? 'au plus' : 'at most'} ${showNumber(max, language)}${after}`;
}

export interface Named {
  readonly label: Text;
  /** As it was given, with its unit. */
  readonly value: Text;
}

export function outsideHard({ label, value }: Named, limits: Limits): Text {
  return {
    en: `${label.en}: ${value.en} is outside the possible range (${showLimits(limits, 'en')}). Correct it.`,
    fr: `${label.fr} : ${value.fr} est hors des limites possibles (${showLimits(limits, 'fr')}). À corriger.`,
  };
}

export function outsideSoft({ label, value }: Named, limits: Limits): Text {
  return {
    en: `${label.en}: ${value.en} is outside the expected range (${showLimits(limits, 'en')}). Check it, or confirm it with a reason.`,
    fr: `${label.fr} : ${value.fr} est hors des limites attendues (${showLimits(limits, 'fr')}). À vérifier, ou à confirmer avec un motif.`,
  };
}

export function possible(limits: Limits): Text {
  return { en: `Possible: ${showLimits(limits, 'en')}.`, fr: `Possible : ${showLimits(limits, 'fr')}.` };
}

export function expected(limits: Limits): Text {
  return { en: `Expected: ${showLimits(limits, 'en')}.`, fr: `Attendu : ${showLimits(limits, 'fr')}.` };
}

export function notAnswered(label: Text): Text {
  return {
    en: `${label.en}: no answer. Answer it, or give a missing reason.`,
    fr: `${label.fr} : sans réponse. Répondre, ou donner un motif d’absence.`,
  };
}

export const answerRequired: Text = {
  en: 'An answer or a missing reason is required.',
  fr: 'Une réponse ou un motif d’absence est requis.',
};

export function notAsExpected({ label, value }: Named, help: Text | undefined): Text {
  return {
    en: `${label.en}: “${value.en}” is not written as expected.${help === undefined ? '' : ` ${help.en}`}`,
    fr: `${label.fr} : « ${value.fr} » n’a pas la forme attendue.${help === undefined ? '' : ` ${help.fr}`}`,
  };
}

/** In the words of the item's help where it has any: a pattern is not for people. */
export function patternRule(pattern: string, help: Text | undefined): Text {
  return (
    help ?? { en: `The whole answer matches ${pattern}.`, fr: `La réponse entière correspond à ${pattern}.` }
  );
}

export function parkedAnswer({ label, value }: Named): Text {
  return {
    en: `${label.en} is not asked any more and still holds ${value.en}. Empty it, correct the answer that hides it, or confirm that it is kept.`,
    fr: `${label.fr} n’est plus demandé et contient encore ${value.fr}. À vider, ou corriger la réponse qui le masque, ou confirmer qu’il est conservé.`,
  };
}

export const parkedRule: Text = {
  en: 'An answer whose question is not asked any more is kept apart and left out of exports until somebody decides.',
  fr: 'Une réponse dont la question n’est plus posée est mise à part et exclue des exports jusqu’à décision.',
};
