/** The words of a table, the same in the window, in files and on the command line. */
import type { Language, Text } from '../study-text.ts';
import type { SignedRank } from '../statistics/signed-rank.ts';
import { showUnit } from '../units.ts';
import { missingCauses, type Missing, type MissingCause } from './answer.ts';

const measures = {
  percentage: { en: 'A percentage', fr: 'Un pourcentage' },
  count: { en: 'A count of events', fr: 'Un nombre d’événements' },
  mean: { en: 'A mean', fr: 'Une moyenne' },
  sd: { en: 'A standard deviation', fr: 'Un écart-type' },
  median: { en: 'A median', fr: 'Une médiane' },
  quartiles: { en: 'Quartiles', fr: 'Des quartiles' },
  range: { en: 'A range', fr: 'Une étendue' },
  pairs: { en: 'A paired change', fr: 'Une variation appariée' },
} as const satisfies Record<string, Text>;

/** "A standard deviation needs at least 2 values." */
export function shortOf(measure: keyof typeof measures, least: number): Text {
  const { en, fr } = measures[measure];
  const isPlural = measure === 'quartiles';
  const what = measure === 'pairs' ? { en: 'pair', fr: 'paire' } : { en: 'value', fr: 'valeur' };
  const many = least > 1 ? 's' : '';
  return {
    en: `${en} need${isPlural ? '' : 's'} at least ${String(least)} ${what.en}${many}.`,
    fr: `${fr} demande${isPlural ? 'nt' : ''} au moins ${String(least)} ${what.fr}${many}.`,
  };
}

export function methodWords({ method, pairs, zeros }: SignedRank): Text {
  if (method === 'exact')
    return { en: 'Wilcoxon signed-rank, exact', fr: 'Wilcoxon pour rangs signés, exact' };
  const en = [
    'normal approximation with continuity correction',
    ...(zeros > 0 ? [`${String(zeros)} without a difference left out`] : []),
  ];
  const fr = [
    'approximation normale avec correction de continuité',
    ...(zeros > 0 ? [`${String(zeros)} sans différence exclue${zeros > 1 ? 's' : ''}`] : []),
  ];
  const why = whyNotExact(pairs, zeros);
  return {
    en: `Wilcoxon signed-rank, ${en.join(', ')} (${why.en})`,
    fr: `Wilcoxon pour rangs signés, ${fr.join(', ')} (${why.fr})`,
  };
}

function whyNotExact(pairs: number, zeros: number): Text {
  if (zeros > 0)
    return { en: 'not exact: some pairs don’t differ', fr: 'non exact : des paires ne diffèrent pas' };
  return pairs < 50
    ? { en: 'not exact: some differences are equal', fr: 'non exact : des différences sont égales' }
    : { en: 'not exact: 50 pairs or more', fr: 'non exact : 50 paires ou plus' };
}

/** Each follows a number of subjects, in French without an ending that would have to agree with it. */
export const causeWords: Readonly<Record<MissingCause, Text>> = {
  contradicted: { en: 'under an open hard finding', fr: 'sous alerte bloquante' },
  censored: { en: 'known only as < or >', fr: 'seulement < ou >' },
  partial: { en: 'date partly known', fr: 'à date incomplète' },
  'missing-reason': { en: 'missing with a reason', fr: 'avec motif d’absence' },
  'not-evaluable': { en: 'not calculable', fr: 'sans résultat calculable' },
  'not-entered': { en: 'not entered', fr: 'sans saisie' },
};

/** "2 not entered", one for each cause that there is, in a fixed order. */
export function causesOf(missed: readonly Missing[], language: Language): readonly string[] {
  return missingCauses.flatMap((cause) => {
    const count = missed.filter((one) => one.cause === cause).length;
    return count === 0 ? [] : [`${String(count)} ${causeWords[cause][language]}`];
  });
}

/** The label with its unit, as journals print it: "Age at admission, years". */
export function labelWords(
  { label, unit }: { readonly label: Text; readonly unit: string | null },
  language: Language,
): string {
  const shown = unit === null ? '' : showUnit(unit, language);
  return shown === '' ? label[language] : `${label[language]}, ${shown}`;
}

/** What is to be said of a row under the table; null when nothing is. */
export function noteWords(
  { note, convention }: { readonly note: Text | null; readonly convention: boolean },
  language: Language,
): string | null {
  if (!convention) return note?.[language] ?? null;
  return [note?.[language], conventionWords[language]].filter((part) => part !== undefined).join(' ');
}

/** How to read the numbers: printed under every table. */
export const footWords: readonly Text[] = [
  {
    en: 'Counts are of subjects whose value is known, percentages of them; the others are counted as missing. A blank is not a “no”.',
    fr: 'Les effectifs portent sur les sujets dont la valeur est connue, les pourcentages sur ceux-ci ; les autres sont comptés comme manquants. Une absence de réponse n’est pas un « non ».',
  },
  {
    en: 'Mean ± standard deviation of the sample (divided by n − 1). Median [first–third quartile], quantiles of type 7 (R’s default, Excel’s QUARTILE.INC). Paired change: medians before → after, median of each subject’s change in percent, two-sided p.',
    fr: 'Moyenne ± écart-type de l’échantillon (divisé par n − 1). Médiane [premier–troisième quartile], quantiles de type 7 (choix par défaut de R, QUARTILE.INCLURE d’Excel). Variation appariée : médianes avant → après, médiane des variations individuelles en pourcentage, p bilatéral.',
  },
  {
    en: 'A value under an open hard finding, and a value known only as < or >, is not counted as a number.',
    fr: 'Une valeur sous une alerte bloquante ouverte ou connue seulement par < ou > ne compte pas comme un nombre.',
  },
];

export const conventionWords: Text = {
  en: 'Convention, to be approved by the principal investigator.',
  fr: 'Convention, à approuver par l’investigateur principal.',
};
