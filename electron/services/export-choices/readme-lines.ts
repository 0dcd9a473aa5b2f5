/** What 00_README says of the choices: what is in the file, what is not, and as of when. */
import type { Deidentification, ExportChoices } from '#shared/export-choices.ts';
import type { Survey } from './survey.ts';

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
      `${cutAt}: values, hidden answers, states of forms, queries and signatures as the trail had them then. Which findings stood then is not known: OPEN_HARD, OPEN_SOFT, FIRED and CONFIRMED are blank.`,
    ],
  ];
}

function filterInWords({ scope, subjects, forms, deidentification }: ExportChoices): string {
  if (scope === 'all' && subjects === null && forms === null) return 'Whole site, all subjects, all forms.';
  return [
    scope === 'signed'
      ? 'Signed data only: forms under a valid signature of the form, its visit or its subject; subjects with at least one.'
      : 'Signed or not.',
    subjects === null
      ? 'All subjects.'
      : deidentification?.subjects === 'replaced'
        ? `${String(subjects.length)} chosen subjects.`
        : `Subjects: ${named(subjects)}.`,
    forms === null ? 'All forms.' : `Forms: ${named(forms)}.`,
    'All sheets and counts are about these alone; entries of the trail that are about no subject are left out.',
  ].join(' ');
}

function named(names: readonly string[]): string {
  return names.length > namesMost ? `${String(names.length)} chosen ones` : names.join(', ');
}

export function deidentificationLines(
  { deidentification: chosen }: ExportChoices,
  survey: Survey | undefined,
): readonly Line[] {
  if (chosen === null || survey === undefined)
    return [
      [
        'De-identification',
        'None applied. The column IDENTIFIER of DICTIONARY marks the items that could identify a person.',
      ],
    ];
  const items = (treatment: string): string => {
    const own = survey.items.filter((item) => item.treatment === treatment).map(({ item }) => item);
    return own.length === 0 ? 'none' : own.join(', ');
  };
  return [
    [
      'De-identification',
      'Applied. DEIDENTIFICATION says what was done to which column, and to how many values.',
    ],
    ['Identifiers left out', `${items('identifier')}. Their columns stay, blank.`],
    [
      'Free text',
      chosen.freeText === 'removed'
        ? `Left out: ${items('free-text')}; what people wrote in queries, and reasons that are not from the study's list.`
        : 'Kept as typed: it may name people, places and dates, and was not looked through.',
    ],
    ['Dates', datesInWords(chosen)],
    ...(chosen.dates === 'kept'
      ? []
      : [
          [
            'Times of record-keeping',
            'Left out: when something was entered, asked, signed or enrolled would tell, beside the data cut, by how much the dates were moved. AT_UTC, CODED_UTC, ENROLLED_UTC, LAST_CHANGE_UTC, OPENED_UTC, CHANGED_UTC, DAYS_OPEN and SIGNED_UTC are blank.',
          ] as const,
        ]),
    [
      'Subject numbers',
      chosen.subjects === 'replaced'
        ? 'Replaced by random ones, the same in every de-identified export of the site. Rows are in their order. Only the site can lead them back.'
        : 'Kept.',
    ],
    [
      'Ages',
      chosen.oldestAge === null
        ? 'Kept.'
        : `Above ${String(chosen.oldestAge)} years they became ${String(chosen.oldestAge)}: ${items('age')}.`,
    ],
    ['Centre', 'Kept: SITEID is the centre of the subject.'],
    [
      'AUDIT, QUERIES, SIGNATURES',
      'By subject, numbered anew. Old and new values are treated as those of the form sheets. Names of people, DETAIL but for marks and states, hashes and the messages of checks are left out, and entries that are about no subject.',
    ],
    [
      'Small cells',
      `The rarest combination of age band, centre and what the definition names is shared by ${String(survey.cells.k)} subjects (k); those of fewer than 5 are in DEIDENTIFICATION.`,
    ],
  ];
}

function datesInWords({ dates }: Deidentification): string {
  switch (dates) {
    case 'kept':
      return 'Kept.';
    case 'shifted':
      return 'Moved by a whole number of days that is secret, never 0 and one and the same for all dates of a subject in all exports: intervals between dates known to the day are true. A month or year is that in which the middle of the known one comes to lie.';
    case 'first-dose':
      return 'Replaced by whole days from the day of the first dose, which is 0; blank where either is not known to the day.';
  }
}
