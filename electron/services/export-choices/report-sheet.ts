/** DEIDENTIFICATION: for each column what was done and to how many values, and which combinations few subjects share. */
import { fewest } from '#shared/deidentification/small-cells.ts';
import {
  fillSheet,
  integer,
  text,
  type FilledColumn,
  type ReferenceSheet,
} from '#shared/export-plan/sheet.ts';
import type { Study } from '#shared/study.ts';
import type { Survey, TreatedItem } from './survey.ts';

interface Line {
  readonly about: 'item' | 'k' | 'small cell';
  readonly form?: string;
  readonly item?: string;
  readonly label?: string | undefined;
  readonly treatment?: string;
  readonly changed?: number;
  readonly withheld?: number;
  readonly combination?: string;
  readonly subjects?: number;
}

const columns: readonly FilledColumn<Line>[] = [
  text('ABOUT', 12, ({ about }) => about),
  text('FORM', 10, ({ form }) => form),
  text('ITEM', 18, ({ item }) => item),
  text('LABEL_EN', 36, ({ label }) => label),
  text('TREATMENT', 60, ({ treatment }) => treatment),
  integer('CHANGED', 10, ({ changed }) => changed),
  integer('LEFT_OUT', 10, ({ withheld }) => withheld),
  text('COMBINATION', 60, ({ combination }) => combination),
  integer('SUBJECTS', 10, ({ subjects }) => subjects),
];

const inWords: Readonly<Record<TreatedItem['treatment'], string>> = {
  identifier: 'identifier: left out',
  'free-text': 'free text: left out',
  stamp: 'time of signing: left out',
  replaced: 'subject number: replaced',
  shifted: 'date: moved by the constant of its subject',
  day: 'date: whole days from the first dose; left out where it or the first dose is not known to the day',
  age: 'age: those above the limit became the limit',
};

export function deidentificationSheet(study: Study, { items, cells }: Survey): ReferenceSheet {
  const labels = new Map(
    study.forms.flatMap((form) =>
      form.groups.flatMap((group) => group.items.map(({ id, label }) => [id, label.en])),
    ),
  );
  return fillSheet<Line>('DEIDENTIFICATION', columns, [
    ...items.map(({ form, item, treatment, changed, withheld }): Line => ({
      ...{ about: 'item', form, item, label: labels.get(item), treatment: inWords[treatment] },
      ...{ changed, withheld },
    })),
    {
      about: 'k',
      combination: `the smallest of ${String(cells.all)} combinations; those of fewer than ${String(fewest)} subjects follow`,
      subjects: cells.k,
    },
    ...cells.small.map(({ combination, subjects }): Line => ({ about: 'small cell', combination, subjects })),
  ]);
}
