/** The code lists that the yes-no types bring along, so that no study has to define them. Codes as in ISARIC ARC. */
import type { CodeList, Item } from '../study.ts';

const yes = { code: '1', label: { en: 'Yes', fr: 'Oui' } };
const no = { code: '0', label: { en: 'No', fr: 'Non' } };
export const unknownCode = '99';

const unknown = { code: unknownCode, label: { en: 'Unknown', fr: 'Inconnu' } };

export const yesNo: CodeList = {
  id: 'yes_no',
  name: { en: 'Yes or no', fr: 'Oui ou non' },
  codes: [yes, no],
};
export const yesNoUnknown: CodeList = {
  id: 'yes_no_unknown',
  name: { en: 'Yes, no or unknown', fr: 'Oui, non ou inconnu' },
  codes: [yes, no, unknown],
};

/** The list of an item that brings its own; null for every other item. */
export function ownCodeList(item: Item): CodeList | null {
  if (item.type === 'yes-no' || (item.type === 'calculated' && item.result === 'yes-no')) return yesNo;
  return item.type === 'yes-no-unknown' ? yesNoUnknown : null;
}
