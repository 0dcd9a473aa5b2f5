/**
 * The pooling centre's acceptance rules, run by a site before it hands over and by the pool on what it receives.
 *
 * Readiness is the share of subjects that no rejecting rule names, rounded down, so that 100 % means all of them. Subjects are
 * what a pool takes or sends back, so that they are what is counted: a child with forty faults weighs as much as one with a
 * single fault, and warnings weigh nothing. A rule about the delivery as a whole that rejects makes it 0 %: nothing of it would
 * be taken. So does a site without a subject.
 */
import { traitsOf } from '../pool/same-child.ts';
import { indexSubject } from '../subject-index.ts';
import type { StudyModel } from '../study-model.ts';
import { completenessRules } from './completeness-rules.ts';
import { deliveryRules } from './delivery-rules.ts';
import {
  placeIn,
  type AcceptanceOptions,
  type AcceptancePlace,
  type DeliveredSubject,
  type DeliveryFacts,
  type RuleWords,
  type Severity,
  type SubjectRule,
} from './delivery.ts';
import { valueRules } from './value-rules.ts';

export interface RuleOutcome extends Pick<RuleWords, 'id' | 'title' | 'words'> {
  readonly severity: Severity;
  /** Of the delivery as a whole. */
  readonly fails: boolean;
  readonly subjects: number;
  /** All of them, of which `places` holds the first. */
  readonly count: number;
  readonly places: readonly AcceptancePlace[];
}

export interface AcceptanceReport {
  readonly percent: number;
  readonly subjects: number;
  /** Named by no rule that rejects. */
  readonly ready: number;
  /** Something would be rejected. */
  readonly rejected: boolean;
  /** Those that found something: rejecting ones first, each in the order of the rules. */
  readonly obstacles: readonly RuleOutcome[];
  /** Ids of those that found nothing. */
  readonly silent: readonly string[];
}

const sameChild: RuleWords = {
  id: 'subject-doubled',
  severity: 'rejects',
  title: { en: 'No child is there twice', fr: 'Aucun enfant n’est présent deux fois' },
  words: {
    en: 'Two subjects agree in every trait by which children are told apart whatever their site. Look at both; if they are one child, decide which number stays and tell the data manager.',
    fr: 'Deux sujets concordent sur tous les traits qui distinguent les enfants quel que soit leur centre. Regarder les deux ; s’il s’agit d’un même enfant, décider du numéro à garder et prévenir le gestionnaire de données.',
  },
};

/** Every rule, in the order in which they are shown. */
export const acceptanceRules: readonly RuleWords[] = [
  ...deliveryRules,
  ...completenessRules,
  sameChild,
  ...valueRules,
];

const usualMostPlaces = 500;

/** Subjects are looked at one by one and not kept. `mostPlaces`: of each rule. */
export function judgeDelivery(
  model: StudyModel,
  subjects: Iterable<DeliveredSubject>,
  facts: DeliveryFacts,
  options: AcceptanceOptions,
  mostPlaces = usualMostPlaces,
): AcceptanceReport {
  const tallies = new Map(acceptanceRules.map((rule) => [rule.id, createTally(rule, options, mostPlaces)]));
  for (const rule of deliveryRules) if (rule.fails(facts)) tallies.get(rule.id)?.fail();
  const subjectRules: readonly SubjectRule[] = [...completenessRules, ...valueRules];
  const byTraits = new Map<string, AcceptancePlace[]>();
  const rejected = new Set<string>();
  let count = 0;
  for (const subject of subjects) {
    count += 1;
    const sight = { ...subject, model, index: indexSubject(model, subject.record), options };
    for (const rule of subjectRules)
      for (const place of rule.find(sight))
        if (tallies.get(rule.id)?.add(place) === 'rejects') rejected.add(place.subject);
    const traits = traitsOfRecord(model, subject);
    if (traits !== null) byTraits.set(traits, [...(byTraits.get(traits) ?? []), placeIn(subject)]);
  }
  for (const place of doubles(byTraits)) {
    tallies.get(sameChild.id)?.add(place);
    rejected.add(place.subject);
  }
  const outcomes = [...tallies.values()].map((tally) => tally.outcome());
  const found = outcomes.filter(({ fails, count: places }) => fails || places > 0);
  const isRejectedWhole = found.some(({ fails, severity }) => fails && severity === 'rejects');
  const ready = isRejectedWhole ? 0 : count - rejected.size;
  return {
    percent: count === 0 ? 0 : Math.floor((100 * ready) / count),
    ...{ subjects: count, ready },
    rejected: found.some(({ severity }) => severity === 'rejects'),
    obstacles: (['rejects', 'warns'] as const).flatMap((severity) =>
      found.filter((outcome) => outcome.severity === severity),
    ),
    silent: outcomes.filter((outcome) => !found.includes(outcome)).map(({ id }) => id),
  };
}

function traitsOfRecord(model: StudyModel, { record }: DeliveredSubject): string | null {
  return traitsOf(model.study.traits, (item) => {
    const value = record.values.find((one) => one.item === item && !one.parked);
    if (value === undefined) return undefined;
    const { row, text, relation, number, unit, precision, missing, derived } = value;
    return [row, item, text, relation, number, unit, precision, missing, derived ? 1 : 0];
  });
}

function doubles(byTraits: ReadonlyMap<string, readonly AcceptancePlace[]>): readonly AcceptancePlace[] {
  return [...byTraits.values()]
    .filter((places) => places.length > 1)
    .flatMap((places) =>
      places.map((place) => {
        const others = places.filter((other) => other !== place).map(({ subject }) => subject);
        const named = others.slice(0, 5).join(', ');
        return { ...place, note: { en: `agrees with ${named}`, fr: `concorde avec ${named}` } };
      }),
    );
}

interface Tally {
  fail(): void;
  add(place: AcceptancePlace): Severity;
  outcome(): RuleOutcome;
}

function createTally(
  { id, title, words, severity: given }: RuleWords,
  options: AcceptanceOptions,
  most: number,
): Tally {
  const severity = given === 'by-choice' ? options.unsigned : given;
  const subjects = new Set<string>();
  const places: AcceptancePlace[] = [];
  let count = 0;
  let fails = false;
  return {
    fail: () => {
      fails = true;
    },
    add: (place) => {
      count += 1;
      subjects.add(place.subject);
      if (places.length < most) places.push(place);
      return severity;
    },
    outcome: () => ({ id, title, words, severity, fails, subjects: subjects.size, count, places }),
  };
}
