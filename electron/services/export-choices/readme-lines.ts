/** What 00_README says of the choices: what is in the file, what is not, and as of when. */
import type { ExportChoices } from '#shared/export-choices.ts';

type Line = readonly [about: string, content: string];

/** More than these are counted, not named. */
const namesMost = 40;

export function choiceLines(choices: ExportChoices): readonly Line[] {
  return [['Filter', filterInWords(choices)], ...cutLines(choices)];
}

function cutLines({ cutAt }: ExportChoices): readonly Line[] {
  if (cutAt === null) return [];
  return [
    [
      'As it stood at (UTC)',
      `${cutAt}: values, hidden answers, states of forms, queries and signatures as the trail had them then. Which findings stood then is not known: OPEN_HARD, OPEN_SOFT, FIRED, CONFIRMED and REASONS are blank.`,
    ],
  ];
}

function filterInWords({ scope, subjects, forms }: ExportChoices): string {
  if (scope === 'all' && subjects === null && forms === null) return 'Whole site, all subjects, all forms.';
  return [
    scope === 'signed'
      ? 'Signed data only: forms under a valid signature of the form, its visit or its subject; subjects with at least one.'
      : 'Signed or not.',
    subjects === null ? 'All subjects.' : `Subjects: ${named(subjects)}.`,
    forms === null ? 'All forms.' : `Forms: ${named(forms)}.`,
    'All sheets and counts are about these alone; entries of the trail that are about no subject are left out.',
  ].join(' ');
}

function named(names: readonly string[]): string {
  return names.length > namesMost ? `${String(names.length)} chosen ones` : names.join(', ');
}
