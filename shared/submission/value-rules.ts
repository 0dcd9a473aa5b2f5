/** Rules about single answers: can they be pooled as they stand? Answers that are kept aside are not delivered, and not looked at. */
import { reportedNumber } from '../standard-number.ts';
import type { RecordedValue } from '../record.ts';
import type { PlacedItem } from '../study-model.ts';
import { rowAt } from '../subject-index.ts';
import { placeIn, type AcceptancePlace, type SubjectRule, type SubjectSight } from './delivery.ts';
import { suspicionOf, suspicionWords } from './identifier-suspicion.ts';

type Judge = (
  value: RecordedValue,
  placed: PlacedItem,
  subject: SubjectSight,
) => AcceptancePlace['note'] | boolean;

export const valueRules: readonly SubjectRule[] = [
  {
    id: 'unit-not-convertible',
    severity: 'rejects',
    title: { en: 'Every measurement has a unit that converts', fr: 'Chaque mesure a une unité convertible' },
    words: {
      en: 'The definition has no factor from this unit to the study’s own, or the unit is missing. Give the unit of the laboratory report; if it is a new one, ask the data manager to have it added.',
      fr: 'La définition n’a pas de facteur de cette unité vers celle de l’étude, ou l’unité manque. Donner l’unité du compte rendu ; si elle est nouvelle, demander au gestionnaire de données de la faire ajouter.',
    },
    find: (subject) => judged(subject, isNotConvertible),
  },
  {
    id: 'code-unknown',
    severity: 'rejects',
    title: { en: 'Coded answers are of their list', fr: 'Les réponses codées sont de leur liste' },
    words: {
      en: 'The code is not in the list of the definition, so that nobody can say what it means. Choose the answer again.',
      fr: 'Le code n’est pas dans la liste de la définition ; personne ne peut dire ce qu’il signifie. Choisir à nouveau la réponse.',
    },
    find: (subject) => judged(subject, isUnknownCode),
  },
  {
    id: 'date-imprecise',
    severity: 'rejects',
    title: { en: 'Dates that count are full', fr: 'Les dates qui comptent sont complètes' },
    words: {
      en: 'Time is counted from this date, or children are told apart by it, and its day is not known. Find the day in the source.',
      fr: 'Le temps se compte à partir de cette date, ou elle distingue les enfants, et son jour est inconnu. Chercher le jour dans la source.',
    },
    find: (subject) => judged(subject, isTooVague),
  },
  {
    id: 'identifier-suspected',
    severity: 'warns',
    title: { en: 'No text names anybody', fr: 'Aucun texte ne nomme quelqu’un' },
    words: {
      en: 'Words or digits look like a name, an address, a telephone or a record number. Look at the text and take out what could identify a person.',
      fr: 'Des mots ou des chiffres ressemblent à un nom, une adresse, un téléphone ou un numéro de dossier. Relire le texte et en retirer ce qui peut identifier une personne.',
    },
    find: (subject) =>
      judged(subject, ({ text }, placed) => {
        const suspicion = isTyped(placed) && text !== null ? suspicionOf(text) : null;
        return suspicion === null ? false : suspicionWords[suspicion];
      }),
  },
  {
    id: 'formula-lookalike',
    severity: 'warns',
    title: { en: 'No text begins like a formula', fr: 'Aucun texte ne commence comme une formule' },
    words: {
      en: 'The workbook keeps it as text, but another program may calculate with it once it is copied. Begin it with a word.',
      fr: 'Le classeur le garde comme texte, mais un autre programme peut le calculer une fois copié. Le commencer par un mot.',
    },
    find: (subject) =>
      judged(subject, ({ text }, placed) => isTyped(placed) && /^[=+\-@\t\r]/u.test(text ?? '')),
  },
];

function* judged(subject: SubjectSight, judge: Judge): Generator<AcceptancePlace> {
  for (const value of subject.record.values) {
    if (value.parked || (value.text === null && value.missing === null)) continue;
    const placed = subject.model.item(value.item);
    if (placed === undefined) continue;
    const verdict = judge(value, placed, subject);
    if (verdict === false || verdict === null) continue;
    const { event, form, row, item } = value;
    yield placeIn(subject, { event, form, row, item, note: verdict === true ? null : verdict });
  }
}

function isTyped({ item }: PlacedItem): boolean {
  return item.type === 'text' && item.system === undefined;
}

/** A test that the definition has no analyte for is pooled as it was reported: there is nothing to convert it to. */
function isNotConvertible(value: RecordedValue, placed: PlacedItem, subject: SubjectSight): boolean {
  const { item } = placed;
  if (value.number === null || value.derived) return false;
  const { model, index } = subject;
  const row = rowAt(index, value.event, placed.home, value.row);
  const inRow = (part: string): string | null =>
    row?.cells[model.item(part)?.position ?? -1]?.value.text ?? null;
  if (item.parts !== undefined && model.analyte(inRow(item.parts.test) ?? '') === undefined) return false;
  return reportedNumber(item, value, inRow, model.analyte).standard === null;
}

function isUnknownCode(value: RecordedValue, placed: PlacedItem, { model }: SubjectSight): boolean {
  if (value.missing !== null) {
    const reasons = model.codeList(model.study.missingReasons)?.codes ?? [];
    return !reasons.some(({ code }) => code === value.missing);
  }
  if (placed.codeList === null || value.text === null) return false;
  const known = new Set(placed.codeList.codes.map(({ code }) => code));
  const given = placed.item.type === 'multiple-choice' ? codesIn(value.text) : [value.text];
  return given === null || given.some((code) => !known.has(code));
}

function codesIn(text: string): readonly string[] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : null;
  } catch {
    // Not what a multiple choice is stored as.
    return null;
  }
}

/** A date type that is never partial, and partial ones that an anchor or a trait rests on. */
function isTooVague(value: RecordedValue, { item }: PlacedItem, { model }: SubjectSight): boolean {
  if (value.precision !== 'year' && value.precision !== 'month') return false;
  switch (item.type) {
    case 'date':
    case 'date-time':
      return true;
    case 'year-month':
      return value.precision === 'year';
    default:
      return (
        model.study.traits.includes(item.id) ||
        model.anchors.some(({ expression }) => expression?.names.has(item.id) === true)
      );
  }
}
