/**
 * The definition as it describes a de-identified export: where days are counted from the first dose, a date item is one
 * that holds a whole number of days, so that every format writes its column as what it is.
 */
import type { Deidentification } from '../export-choices.ts';
import type { Item, Study } from '../study.ts';
import { treatmentOf } from './treatment.ts';

export function deidentifiedStudy(study: Study, choices: Deidentification): Study {
  if (choices.dates !== 'first-dose') return study;
  return {
    ...study,
    forms: study.forms.map((form) => ({
      ...form,
      groups: form.groups.map((group) => ({
        ...group,
        items: group.items.map((item) =>
          treatmentOf(item, study, choices) === 'day' ? countedInDays(item) : item,
        ),
      })),
    })),
  };
}

function countedInDays({ hard: _hard, soft: _soft, softAt: _softAt, ...item }: Item): Item {
  const label = {
    en: `${item.label.en} (days from the first dose)`,
    fr: `${item.label.fr} (jours depuis la première dose)`,
  };
  return item.type === 'calculated'
    ? { ...item, label, unit: 'd', result: 'integer' }
    : { ...item, label, unit: 'd', type: 'integer' };
}
