/** What de-identification does to a record, counted before it is written: the sheets are held against it, and the report is made of it. */
import { ageBand, countCells, type Cells } from '#shared/deidentification/small-cells.ts';
import type { Treatment } from '#shared/deidentification/treatment.ts';
import { toYears } from '#shared/deidentification/values.ts';
import type { Study } from '#shared/study.ts';
import type { ExportReader } from '../export-rows.ts';
import type { Treating } from './deidentified-reader.ts';

export interface TreatedItem {
  readonly form: string;
  readonly item: string;
  readonly treatment: Exclude<Treatment, 'kept'>;
  /** Values of the record that it was done to; of an age, those that were above the limit. */
  readonly changed: number;
  /** Values of the record of which nothing leaves. */
  readonly withheld: number;
}

export interface Survey {
  readonly subjects: ReadonlySet<string>;
  /** Every item that is not simply kept, in the order of the study. */
  readonly items: readonly TreatedItem[];
  /** Values of which nothing leaves, by form. */
  readonly withheld: ReadonlyMap<string, number>;
  readonly cells: Cells;
}

interface Tally {
  changed: number;
  withheld: number;
}

export function surveyRecord(reader: ExportReader, study: Study, treating: Treating): Survey {
  const tallies = new Map<string, Tally>();
  const withheld = new Map<string, number>();
  for (const { id: form } of study.forms) {
    let left = 0;
    for (const { subject, values } of reader.formRows(form, () => 0)) {
      for (const [item, value] of values) {
        if (treating.treatment(item) === 'kept') continue;
        const treated = treating.treat(subject, item, value);
        const key = `${form}|${item}`;
        const tally = tallies.get(key) ?? { changed: 0, withheld: 0 };
        tallies.set(key, tally);
        if (treated === null) tally.withheld += 1;
        else if (treated !== value) tally.changed += 1;
        if (treated === null) left += 1;
      }
    }
    withheld.set(form, left);
  }
  const subjects = [...reader.subjects()].map(({ number }) => number);
  return {
    subjects: new Set(subjects),
    items: study.forms.flatMap(({ id: form, groups }) =>
      groups.flatMap(({ items }) =>
        items.flatMap(({ id: item }): readonly TreatedItem[] => {
          const treatment = treating.treatment(item);
          if (treatment === 'kept') return [];
          return [
            { form, item, treatment, ...(tallies.get(`${form}|${item}`) ?? { changed: 0, withheld: 0 }) },
          ];
        }),
      ),
    ),
    withheld,
    cells: countCells(combinationsOf(reader, study, treating, subjects)),
  };
}

/** By age band, centre and what else the definition names: the values as they leave. */
function combinationsOf(
  reader: ExportReader,
  study: Study,
  treating: Treating,
  subjects: readonly string[],
): readonly string[] {
  const { ages = [], quasiIdentifiers = [] } = study.deidentification ?? {};
  const items = new Map(
    study.forms.flatMap((form) => form.groups.flatMap((group) => group.items.map((item) => [item.id, item]))),
  );
  const leaves = (item: string): boolean => ['kept', 'age'].includes(treating.treatment(item));
  const [age] = ages.filter(leaves);
  const answersOf = (item: string): readonly [string, ReadonlyMap<string, string>] => [
    item,
    reader.answers(item),
  ];
  const aged = age === undefined ? null : answersOf(age);
  const others = quasiIdentifiers.filter(leaves).map(answersOf);
  const leavingAge = (subject: string, item: string, text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const recorded = {
      text,
      relation: null,
      number: Number(text),
      unit: null,
      precision: null,
      missing: null,
    };
    return treating.treat(subject, item, recorded)?.number ?? undefined;
  };
  return subjects.map((subject) => {
    const years = aged === null ? undefined : leavingAge(subject, aged[0], aged[1].get(subject));
    return [
      ...(aged === null
        ? []
        : [
            `${aged[0]} ${years === undefined ? 'blank' : ageBand(toYears(years, items.get(aged[0])?.unit))}`,
          ]),
      `SITEID ${reader.siteOf(subject)}`,
      ...others.map(([item, answers]) => `${item} ${answers.get(subject) ?? 'blank'}`),
    ].join('; ');
  });
}
