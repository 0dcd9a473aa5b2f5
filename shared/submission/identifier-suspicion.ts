/**
 * Whether a free text looks as if it named a person. A suspicion, no proof: it knows titles, labels, relatives, addresses and
 * long numbers in English and French. A bare name in the middle of a sentence is not told from a drug or an eponym, so that
 * free texts still have to be read.
 */
import type { Text } from '../study-text.ts';

export type Suspicion = 'e-mail' | 'telephone' | 'record-number' | 'name' | 'birth-date';

export const suspicionWords: Readonly<Record<Suspicion, Text>> = {
  'e-mail': { en: 'looks like an e-mail address', fr: 'ressemble à une adresse électronique' },
  telephone: { en: 'looks like a telephone number', fr: 'ressemble à un numéro de téléphone' },
  'record-number': { en: 'looks like a record number', fr: 'ressemble à un numéro de dossier' },
  name: { en: 'looks like a name', fr: 'ressemble à un nom' },
  'birth-date': { en: 'looks like a date of birth', fr: 'ressemble à une date de naissance' },
};

const word = "\\p{Lu}[\\p{L}'’-]+";
const email = /[^\s@,;]+@[^\s@,;]+\.\p{L}{2,}/u;
/** Moments are full of digits too; they go first. */
const moment =
  /\b\d{4}-\d{2}(?:-\d{2})?(?:[T ]\d{1,2}[:h]\d{2})?\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}[:h]\d{2}\b/gu;
const telephone = /(?:\+|\b00|\b0)[1-9](?:[ .\-/()]{0,2}\d){7,12}\b/u;
const recordLabel =
  /\b(?:MRN|NIP|IPP|NIR|NSS|dossier|chart|file|record|patient id)\b[^\p{L}\d]{0,4}(?:n[o°.]{0,2}|number|numéro)?[^\p{L}\d]{0,4}[A-Z]{0,3}\d{4,}/iu;
const longNumber = /\b[A-Z]{0,3}\d{7,}\b/u;
const titled = new RegExp(`(?:^|[^\\p{L}])(?:Mr|Mrs|Ms|Miss|Dr|Prof|Pr|Mme|Mlle|Sr|Sra|M)\\.? ${word}`, 'u');
const labelled = new RegExp(`\\b(?:named?|called|surname|nom|prénom|nommée?|signed by)\\b ?:? ?${word}`, 'u');
const related = new RegExp(
  `\\b(?:mother|father|parent|brother|sister|aunt|uncle|mère|père|frère|sœur|tante|oncle)\\b,? \\(?${word}`,
  'u',
);
const birth = /(?:\b(?:born|DOB|birth ?date|date of birth|née? le|date de naissance|DDN)\b)[^\d]{0,12}\d/iu;

/** null: nothing of the kind. */
export function suspicionOf(text: string): Suspicion | null {
  if (email.test(text)) return 'e-mail';
  if (birth.test(text)) return 'birth-date';
  const rest = text.replace(moment, ' ');
  if (recordLabel.test(rest)) return 'record-number';
  if (telephone.test(rest)) return 'telephone';
  if (longNumber.test(rest)) return 'record-number';
  return titled.test(text) || labelled.test(text) || related.test(text) ? 'name' : null;
}
