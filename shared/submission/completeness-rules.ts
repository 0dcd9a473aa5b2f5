/** Rules about what is there: forms, signatures, consent, findings and questions still open, answers nobody decided on. */
import { formStandings } from '../form-standings.ts';
import { isFilledIn } from '../filled-in.ts';
import type { StudyEvent } from '../study.ts';
import { stateOf } from '../subject-index.ts';
import { scheduleOf } from '../visit-schedule.ts';
import { placeIn, type AcceptancePlace, type SubjectRule, type SubjectSight } from './delivery.ts';

export const completenessRules: readonly SubjectRule[] = [
  {
    id: 'subject-without-data',
    severity: 'rejects',
    title: { en: 'Every subject has data', fr: 'Chaque sujet a des données' },
    words: {
      en: 'A subject that was enrolled and has no answer would count as a child without a course. Enter what is known, or ask the data manager whether the number was given by mistake.',
      fr: 'Un sujet inclus sans aucune réponse compterait comme un enfant sans évolution. Saisir ce qui est connu, ou demander au gestionnaire de données si le numéro a été donné par erreur.',
    },
    find: (subject) => (hasData(subject) ? [] : [placeIn(subject)]),
  },
  {
    id: 'consent-missing',
    severity: 'rejects',
    title: { en: 'Consent is recorded', fr: 'Le consentement est consigné' },
    words: {
      en: 'Without consent, or non-opposition where that applies, nothing of a subject may be handed over. Record it, or leave the subject out of the export.',
      fr: 'Sans consentement, ou non-opposition le cas échéant, rien d’un sujet ne peut être transmis. Le consigner, ou laisser le sujet hors de l’export.',
    },
    find: withoutConsent,
  },
  {
    id: 'finding-hard-open',
    severity: 'rejects',
    title: { en: 'No hard finding is open', fr: 'Aucun constat bloquant n’est ouvert' },
    words: {
      en: 'A value that can’t be so, or a required one that is missing, makes every count doubtful. Correct it from the source.',
      fr: 'Une valeur impossible, ou une valeur requise absente, rend tout compte douteux. La corriger d’après la source.',
    },
    find: (subject) =>
      subject.findings
        .filter(({ severity, status }) => severity === 'hard' && status === 'open')
        .map(({ event, form, row, item, message }) =>
          placeIn(subject, { event, form, row, item, note: withoutValues(message) }),
        ),
  },
  {
    id: 'form-incomplete',
    severity: 'rejects',
    title: { en: 'Required forms are complete', fr: 'Les formulaires requis sont complets' },
    words: {
      en: 'A form that was begun has to be completed, and so has every form that a visit requires once its window has closed. Complete it, with a reason where an answer is not to be had.',
      fr: 'Un formulaire commencé doit être complété, ainsi que tout formulaire requis par une visite dont la fenêtre est close. Le compléter, avec un motif là où une réponse n’existe pas.',
    },
    find: incompleteForms,
  },
  {
    id: 'form-unsigned',
    severity: 'by-choice',
    title: { en: 'Forms are signed', fr: 'Les formulaires sont signés' },
    words: {
      en: 'The investigator answers for the data by a signature that still holds: of the form, its visit or its subject. Sign, or sign again what was changed since.',
      fr: 'L’investigateur répond des données par une signature encore valable : du formulaire, de sa visite ou du sujet. Signer, ou signer à nouveau ce qui a changé depuis.',
    },
    find: unsignedForms,
  },
  {
    id: 'query-open',
    severity: 'warns',
    title: { en: 'No query is open', fr: 'Aucune requête n’est ouverte' },
    words: {
      en: 'The pooling centre will ask the same again. Answer the query and have it closed.',
      fr: 'Le centre de mise en commun demandera la même chose. Répondre à la requête et la faire clore.',
    },
    find: (subject) =>
      subject.openQueries.map(({ event, form, count }) =>
        placeIn(subject, {
          ...{ event, form },
          note: count > 1 ? { en: `${String(count)} queries`, fr: `${String(count)} requêtes` } : null,
        }),
      ),
  },
  {
    id: 'answer-parked',
    severity: 'warns',
    title: { en: 'No answer is kept aside', fr: 'Aucune réponse n’est mise de côté' },
    words: {
      en: 'An answer to a question that is no longer asked is left out of the delivery until somebody decides. Remove it, or correct the answer that hides it.',
      fr: 'La réponse à une question qui n’est plus posée reste hors de l’envoi tant que personne ne décide. La retirer, ou corriger la réponse qui la masque.',
    },
    find: (subject) =>
      subject.record.values
        .filter(({ parked, text, missing }) => parked && (text !== null || missing !== null))
        .map(({ event, form, row, item }) => placeIn(subject, { event, form, row, item })),
  },
];

function hasData({ record }: SubjectSight): boolean {
  return record.values.some(({ derived, text, missing }) => !derived && (text !== null || missing !== null));
}

const yes = '1';

function withoutConsent(subject: SubjectSight): readonly AcceptancePlace[] {
  const { model, record } = subject;
  const placed = model.study.consent === undefined ? undefined : model.item(model.study.consent);
  if (placed === undefined) return [];
  const answer = record.values.find(({ item, parked }) => item === placed.item.id && !parked);
  if (answer?.text === yes) return [];
  const form = placed.home.home;
  const event = answer?.event ?? form.onlyInstance?.id ?? null;
  return [placeIn(subject, { event, form: form.form.id, row: 1, item: placed.item.id })];
}

/** Messages of findings quote values; the page of the field says them, a list that is handed around does not. */
function withoutValues(message: { readonly en: string; readonly fr: string }): AcceptancePlace['note'] {
  return /\d/u.test(message.en) ? null : message;
}

function incompleteForms(subject: SubjectSight): readonly AcceptancePlace[] {
  const { model, index, options } = subject;
  return scheduleOf(model, index, options.now).flatMap(({ instance, status, begun }) =>
    model.forms.flatMap((placed) => {
      if (isFilledIn(placed)) return [];
      const form = placed.form.id;
      const state = stateOf(index, instance.id, form);
      const isOwed =
        model.duty(instance.event, form) === 'required' &&
        (status === 'overdue' || isAlwaysOwed(instance.event)) &&
        // How many days a stay has is not known beforehand: those count that were begun.
        (instance.event.repeating === undefined || begun);
      const isLacking = state === 'in-progress' || (state === 'empty' && isOwed);
      const note = { en: 'not begun', fr: 'non commencé' };
      return isLacking
        ? [placeIn(subject, { event: instance.id, form, note: state === 'empty' ? note : null })]
        : [];
    }),
  );
}

/** A visit without a window is never overdue. */
function isAlwaysOwed({ kind, window, repeating }: StudyEvent): boolean {
  return kind === 'scheduled' && window === undefined && repeating === undefined;
}

function unsignedForms(subject: SubjectSight): readonly AcceptancePlace[] {
  const { model, record, findings, openQueries, signatures } = subject;
  return formStandings(record, findings, openQueries, signatures)
    .filter(({ form, state, signatureHolds }) => {
      const placed = model.form(form);
      return state !== 'empty' && !signatureHolds && placed !== undefined && !isFilledIn(placed);
    })
    .map(({ event, form }) => placeIn(subject, { event, form }));
}
