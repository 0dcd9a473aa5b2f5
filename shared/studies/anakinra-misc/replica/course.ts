/** When things happen to a child: the visits of the study, and what lies between them in hospital. */
import { day, daysFrom, hour, midnightOf, minuteOf, onDay, type Minute } from './calendar.ts';
import { createChance, type Chance } from './chance.ts';
import type { FollowUpVisit, ReplicaChild } from './children.ts';
import { createEntries, type Entries } from './entries.ts';

export interface Course {
  readonly child: ReplicaChild;
  readonly entries: Entries;
  readonly admitted: Minute;
  readonly firstDose: Minute;
  readonly discharged: Minute;
  readonly febrileSince: Minute;
  /** Years, from the 15th of the month of birth. */
  readonly age: number;
  readonly hasHeartFailure: boolean;
  readonly isInPicu: (at: Minute) => boolean;
  /** In the order of time. */
  readonly followUp: readonly { readonly visit: FollowUpVisit; readonly at: Minute }[];
  /** Numbers for one part of the entries: another part that draws more or less leaves them as they are. */
  readonly chance: (part: string) => Chance;
}

export function courseOf(child: ReplicaChild, seed: string): Course {
  const { stay, person, disease } = child;
  const [admitted, firstDose] = [minuteOf(stay.admitted), minuteOf(stay.firstDose)];
  const picu = picuAdmission(admitted);
  const chance = (part: string): Chance => createChance(`${seed} ${child.subject} ${part}`);
  return {
    child,
    entries: createEntries(child.subject),
    ...{ admitted, firstDose },
    discharged: onDay(firstDose, stay.out, 15),
    febrileSince: midnightOf(admitted) - chance('onset').whole(4, 7) * day,
    age: (admitted - minuteOf(`${person.birth}-15 00:00`)) / (365.25 * day),
    hasHeartFailure: disease.indication === 'HF',
    isInPicu: (at) => stay.picu > 0 && at >= picu && at < picu + stay.picu * day,
    followUp: followUpOf(child, firstDose),
    chance,
  };
}

export function picuAdmission(admitted: Minute): Minute {
  return admitted + 3 * hour;
}

/** In the morning of the second day after: 38 to 47 hours after the first dose, which is given from ten in the morning on. */
export function morningOf48h(firstDose: Minute): Minute {
  return onDay(firstDose, 2, 9);
}

/** "D5" of a day in hospital; the seventh day belongs to the visit of day 7. */
export function dayEvent(firstDose: Minute, at: Minute): string {
  return `D${daysFrom(firstDose, at) + 1}`;
}

/** Days of the dosing and, so that an ECG is recorded every 48 h, some after it; counted from the day of the first dose. */
export function daysInHospital({ child: { doses, stay } }: Course): readonly number[] {
  const forEcg = ecgDays(stay.day7, stay.out);
  const days = new Set([...doses.map((_, position) => position), ...forEcg]);
  // The seventh day is the visit of day 7.
  return [...days].filter((since) => since !== 6 && since < stay.out).sort((a, b) => a - b);
}

/** Between the visit at 48 h and discharge, besides the visit of day 7: every second day towards and after it. */
export function ecgDays(day7: number, out: number): readonly number[] {
  const before = day7 % 2 === 0 ? [4] : [3, 5];
  const after: number[] = [];
  for (let since = day7 + 2; since < out; since += 2) after.push(since);
  return [...before, ...after];
}

function followUpOf(child: ReplicaChild, firstDose: Minute): Course['followUp'] {
  const visits = (['M1', 'M3', 'M6', 'UNS1'] as const).flatMap((visit) => {
    const days = child.visits[visit];
    return days === undefined ? [] : [{ visit, at: midnightOf(firstDose) + days * day + 10 * hour }];
  });
  return visits.toSorted((one, other) => one.at - other.at);
}
