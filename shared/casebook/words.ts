/** The words that stand on a copy beside those of the study, in both languages. */
import type { FormState, Origin } from '../record.ts';
import type { Language, Severity, Text } from '../study.ts';

const table = {
  casebookOf: { en: 'Casebook of subject', fr: 'Cahier d’observation du sujet' },
  visitOf: { en: 'Visit of subject', fr: 'Visite du sujet' },
  siteCasebook: { en: 'Casebooks of site', fr: 'Cahiers d’observation du centre' },
  blankCrf: { en: 'Case report form, blank', fr: 'Cahier d’observation vierge' },
  annotatedCrf: { en: 'Case report form, annotated', fr: 'Cahier d’observation annoté' },
  subject: { en: 'Subject', fr: 'Sujet' },
  subjects: { en: 'Subjects', fr: 'Sujets' },
  site: { en: 'Site', fr: 'Centre' },
  study: { en: 'Study', fr: 'Étude' },
  definition: { en: 'Study definition', fr: 'Définition de l’étude' },
  version: { en: 'version', fr: 'version' },
  application: { en: 'Application', fr: 'Application' },
  madeBy: { en: 'Made by', fr: 'Établie par' },
  madeAt: { en: 'Made at', fr: 'Établie le' },
  signedAt: { en: 'Signed at', fr: 'Signé le' },
  state: { en: 'State copied', fr: 'État copié' },
  entry: { en: 'entry', fr: 'entrée' },
  ofTrail: { en: 'of the audit trail', fr: 'du journal d’audit' },
  head: { en: 'Head of the trail (SHA-256)', fr: 'Tête du journal (SHA-256)' },
  contains: { en: 'Contains', fr: 'Contient' },
  fieldHistory: { en: 'History of each field', fr: 'Historique de chaque champ' },
  withHistory: {
    en: 'printed under the field, with that of removed rows',
    fr: 'imprimé sous le champ, avec celui des lignes supprimées',
  },
  withoutHistory: {
    en: 'not printed; it stands in the audit trail',
    fr: 'non imprimé ; il figure dans le journal d’audit',
  },
  statement: { en: 'Statement of a certified copy', fr: 'Déclaration de copie conforme' },
  check: { en: 'How to check this copy', fr: 'Comment vérifier cette copie' },
  certifiedBy: { en: 'Certified as a true copy by', fr: 'Certifiée conforme par' },
  nameSignature: { en: 'Name, date and signature', fr: 'Nom, date et signature' },
  people: { en: 'Persons', fr: 'Personnes' },
  forms: { en: 'Forms', fr: 'Formulaires' },
  form: { en: 'Form', fr: 'Formulaire' },
  event: { en: 'Event', fr: 'Visite' },
  formState: { en: 'State', fr: 'État' },
  item: { en: 'Item', fr: 'Rubrique' },
  value: { en: 'Value', fr: 'Valeur' },
  last: { en: 'Last written', fr: 'Dernière écriture' },
  row: { en: 'Row', fr: 'Ligne' },
  empty: { en: 'empty', fr: 'vide' },
  emptied: { en: 'emptied', fr: 'vidé' },
  emptyForms: { en: 'Empty forms', fr: 'Formulaires vides' },
  noForm: { en: 'No form was begun.', fr: 'Aucun formulaire n’a été commencé.' },
  required: { en: 'required', fr: 'obligatoire' },
  optional: { en: 'optional', fr: 'facultatif' },
  notAnswered: { en: 'Not answered', fr: 'Sans réponse' },
  parked: {
    en: 'no longer asked; kept and left out of exports',
    fr: 'n’est plus demandé ; conservé et exclu des exports',
  },
  calculated: { en: 'calculated', fr: 'calculé' },
  finding: { en: 'Finding', fr: 'Alerte' },
  findings: { en: 'Findings', fr: 'Alertes' },
  open: { en: 'open', fr: 'ouverte' },
  confirmed: { en: 'confirmed', fr: 'confirmée' },
  query: { en: 'Query', fr: 'Query' },
  queries: { en: 'Queries', fr: 'Queries' },
  signature: { en: 'Signature', fr: 'Signature' },
  signatures: { en: 'Signatures', fr: 'Signatures' },
  signedBy: { en: 'Signed by', fr: 'Signé par' },
  meaning: { en: 'Meaning', fr: 'Signification' },
  valid: { en: 'valid', fr: 'valide' },
  broken: { en: 'NO LONGER VALID: changed since', fr: 'PLUS VALIDE : modifié depuis' },
  altered: {
    en: 'NOT VALID: the content was altered outside the application',
    fr: 'NON VALIDE : le contenu a été altéré hors de l’application',
  },
  content: { en: 'Content (SHA-256)', fr: 'Contenu (SHA-256)' },
  history: { en: 'History', fr: 'Historique' },
  removedRows: { en: 'Removed rows', fr: 'Lignes supprimées' },
  course: { en: 'Course of the form', fr: 'Parcours du formulaire' },
  courseOfSubject: { en: 'Course of the record', fr: 'Parcours du dossier' },
  reason: { en: 'reason', fr: 'motif' },
  nothing: { en: '(empty)', fr: '(vide)' },
  asShown: {
    en: 'as shown, entry of each in brackets',
    fr: 'tel qu’affiché, entrée de chacun entre parenthèses',
  },
  setParked: { en: 'set aside', fr: 'mis de côté' },
  unparked: { en: 'counts again', fr: 'compte de nouveau' },
  removed: { en: 'removed with its row', fr: 'supprimé avec sa ligne' },
  openOfAll: { en: 'open / all', fr: 'ouvertes / toutes' },
  colon: { en: ':', fr: '\u00A0:' },
  page: { en: 'Page', fr: 'Page' },
  usedIn: { en: 'Used in', fr: 'Utilisé dans' },
  onlyIf: { en: 'Only if', fr: 'Seulement si' },
  copyRow: {
    en: 'One sheet for each row. Row number',
    fr: 'Une feuille par ligne. Numéro de ligne',
  },
  calculatedLater: {
    en: 'calculated by the application',
    fr: 'calculé par l’application',
  },
  filledIn: { en: 'filled in by the application', fr: 'rempli par l’application' },
  unit: { en: 'unit', fr: 'unité' },
  tickAll: { en: 'tick all that apply', fr: 'cocher toutes les cases utiles' },
  fromList: { en: 'code from list', fr: 'code de la liste' },
  partialDate: { en: 'what is unknown stays blank', fr: 'laisser en blanc ce qui est inconnu' },
  dateLetters: { en: 'D D M M Y Y Y Y', fr: 'J J M M A A A A' },
  monthLetters: { en: 'M M Y Y Y Y', fr: 'M M A A A A' },
  timeLetters: { en: 'h h m m', fr: 'h h m m' },
  codeLists: { en: 'Code lists', fr: 'Listes de codes' },
  insteadOfValue: {
    en: 'Where there is no answer, write one of these codes in its place',
    fr: 'En l’absence de réponse, écrire l’un de ces codes à sa place',
  },
  requiredMark: {
    en: '* has to be answered · (*) has to be answered where it applies',
    fr: '* réponse obligatoire · (*) réponse obligatoire si la rubrique s’applique',
  },
  filledBy: { en: 'Filled in by (name, date, signature)', fr: 'Rempli par (nom, date, signature)' },
  subjectNumber: { en: 'Subject number', fr: 'Numéro du sujet' },
  noTargets: {
    en: 'The study definition names no CDASH or SDTM target.',
    fr: 'La définition de l’étude ne nomme aucune cible CDASH ou SDTM.',
  },
} as const satisfies Record<string, Text>;

export type CopyWord = keyof typeof table;
export type Say = (word: CopyWord) => string;

export function sayIn(language: Language): Say {
  return (word) => table[word][language];
}

export const stateWords: Readonly<Record<FormState, Text>> = {
  empty: { en: 'empty', fr: 'vide' },
  'in-progress': { en: 'in progress', fr: 'en cours' },
  complete: { en: 'complete', fr: 'complet' },
  verified: { en: 'verified', fr: 'vérifié' },
  signed: { en: 'signed', fr: 'signé' },
  locked: { en: 'locked', fr: 'verrouillé' },
};

export const originWords: Readonly<Record<Origin, Text>> = {
  entry: { en: 'entered', fr: 'saisi' },
  'second-entry': { en: 'second entry', fr: 'double saisie' },
  import: { en: 'imported', fr: 'importé' },
  merge: { en: 'merged', fr: 'fusionné' },
  derivation: { en: 'calculated', fr: 'calculé' },
  system: { en: 'by the application', fr: 'par l’application' },
};

export const severityWords: Readonly<Record<Severity, Text>> = {
  hard: { en: 'hard', fr: 'bloquante' },
  soft: { en: 'soft', fr: 'à vérifier' },
  information: { en: 'information', fr: 'information' },
};

export const queryStateWords: Readonly<Record<'open' | 'answered' | 'closed' | 'opened' | 'reopened', Text>> =
  {
    open: { en: 'open', fr: 'ouverte' },
    opened: { en: 'asked', fr: 'posée' },
    answered: { en: 'answered', fr: 'répondue' },
    reopened: { en: 'asked again', fr: 'posée de nouveau' },
    closed: { en: 'closed', fr: 'close' },
  };

const roleTexts: Readonly<Record<string, Text>> = {
  administrator: { en: 'administrator', fr: 'administrateur' },
  coordinator: { en: 'coordinator', fr: 'coordinateur' },
  'data-entry': { en: 'data entry', fr: 'saisie' },
  investigator: { en: 'investigator', fr: 'investigateur' },
  monitor: { en: 'monitor', fr: 'moniteur' },
  'data-manager': { en: 'data manager', fr: 'gestionnaire de données' },
  system: { en: 'application', fr: 'application' },
};

/** A role that this version does not know is shown as it is. */
export function roleWords(role: string, language: Language): string {
  return roleTexts[role]?.[language] ?? role;
}
