/**
 * Writes children.jsonl: what a site would have entered of the 18 children, in the order of entry. Run by `npm run replica`;
 * the same text each time, from the table of children and the seed alone.
 *
 * Only raw answers are written. What the paper publishes is counted from them by the report, and stands nowhere in here.
 *
 * An ECG at least every 48 h, the visits of CRF 2 and the minimum set of CRF 4.7 are kept to, as the checks ask.
 */
import { daysFrom, hour, onDay, type Minute } from './calendar.ts';
import { enterAdmission } from './admission.ts';
import { enterSupport, enterVitalSigns, eveningOf } from './bedside.ts';
import { children, type FollowUpVisit, type ReplicaChild } from './children.ts';
import { courseOf, dayEvent, daysInHospital, ecgDays, morningOf48h, type Course } from './course.ts';
import { enterDecision, enterResponse } from './decision.ts';
import { enterEcg, enterEcho, enterMri } from './heart.ts';
import { enterSample } from './laboratory.ts';
import { enterAdverseEvents, enterDischarge, enterEnd, enterFollowUp, type Sample } from './outcome.ts';
import { enterAnakinra, enterCorticosteroids, enterImmunoglobulins, enterOtherDrugs } from './treatments.ts';

const seed = 'replica of 18 children';

export function generate(): string {
  return children
    .flatMap(enterChild)
    .map((line) => `${line}\n`)
    .join('');
}

function enterChild(child: ReplicaChild): readonly string[] {
  const course = courseOf(child, seed);
  enterAdmission(course);
  const samples = [...enterFirstVisit(course), ...enterBaseline(course)];
  enterAnakinra(course);
  samples.push(...enterFirstDays(course));
  enterDays(course, (since) => since < child.stay.day7);
  samples.push(...enterDaySeven(course));
  enterDays(course, (since) => since > child.stay.day7);
  samples.push(...enterLastDay(course));
  enterOtherDrugs(course);
  for (const { visit, at } of course.followUp) samples.push(...enterVisit(course, visit, at));
  enterAdverseEvents(course, samples);
  enterUnanswered(course);
  enterEnd(course);
  return course.entries.lines();
}

function enterFirstVisit(course: Course): readonly Sample[] {
  const { child, admitted, firstDose } = course;
  enterVitalSigns(course, 'SCR', admitted + 45, { weight: 1, grown: 0 });
  const at = admitted + 70;
  enterSample(course, 'SCR', at, 'SCR');
  enterEcho(course, 'SCR', admitted + 4 * hour, { lvef: child.lvef.SCR, illness: 1, coronaries: true });
  // One more where the baseline comes later than 48 h after the first.
  const first = admitted + 100;
  const isFar = baselineOf(firstDose) - first > 48 * hour;
  enterEcg(course, 'SCR', first, ...(isFar ? [first + 46 * hour] : []));
  enterSupport(course, 'SCR', admitted);
  enterImmunoglobulins(course);
  enterCorticosteroids(course);
  return [{ point: 'SCR', at }];
}

function enterBaseline(course: Course): readonly Sample[] {
  const { child, firstDose } = course;
  const at = firstDose - 5 * hour;
  enterVitalSigns(course, 'PRE', firstDose - 2 * hour, { weight: 1.015 });
  enterSample(course, 'PRE', at, 'PRE');
  enterEcho(course, 'PRE', firstDose - 200, { lvef: child.lvef.PRE, illness: 1 });
  enterEcg(course, 'PRE', baselineOf(firstDose));
  enterSupport(course, 'PRE', firstDose);
  enterDecision(course);
  return [{ point: 'PRE', at }];
}

function baselineOf(firstDose: Minute): Minute {
  return firstDose - 170;
}

/** The first evening, the day after, and the visit at 48 h. */
function enterFirstDays(course: Course): readonly Sample[] {
  const { child, firstDose } = course;
  const second = onDay(firstDose, 1, 10);
  enterVitalSigns(course, 'D1', eveningOf(firstDose));
  enterSupport(course, 'D1', firstDose);
  enterVitalSigns(course, 'D2', second);
  enterEcg(course, 'D2', second + hour);
  enterSupport(course, 'D2', second);
  const morning = morningOf48h(firstDose);
  enterVitalSigns(course, 'H48', morning, { weight: 1 });
  enterSample(course, 'H48', morning - 40, 'H48');
  enterEcho(course, 'H48', morning + 90, { lvef: child.lvef.H48, illness: 0.3 });
  enterEcg(course, 'H48', morning + 40);
  enterSupport(course, 'H48', morning);
  enterResponse(course);
  return [{ point: 'H48', at: morning - 40 }];
}

function enterDaySeven(course: Course): readonly Sample[] {
  const { child, firstDose } = course;
  const morning = onDay(firstDose, child.stay.day7, 9);
  enterVitalSigns(course, 'D7', morning, { weight: 0.98 });
  enterSample(course, 'D7', morning - 30, 'D7');
  enterEcho(course, 'D7', morning + 2 * hour, { lvef: child.lvef.later - 1, illness: 0 });
  enterEcg(course, 'D7', morning + ecgMinute(child.stay.day7));
  enterSupport(course, 'D7', morning);
  return [{ point: 'D7', at: morning - 30 }];
}

/** Of the stay from the third day on: days with a dose, and days with an ECG. */
function enterDays(course: Course, isWanted: (since: number) => boolean): void {
  const { child, firstDose } = course;
  const withEcg = ecgDays(child.stay.day7, child.stay.out);
  for (const since of daysInHospital(course)) {
    if (since < 2 || !isWanted(since)) continue;
    // The third day begins with the visit at 48 h.
    const at = onDay(firstDose, since, since === 2 ? 19 : 9);
    const event = dayEvent(firstDose, at);
    enterVitalSigns(course, event, at);
    if (withEcg.includes(since)) enterEcg(course, event, at + ecgMinute(since));
    enterSupport(course, event, at);
  }
}

/** A little earlier each day, so that two days are never more than 48 h. */
function ecgMinute(since: number): number {
  return 40 - since;
}

function enterLastDay(course: Course): readonly Sample[] {
  const { child, discharged } = course;
  const morning = onDay(discharged, 0, 8, 30);
  enterVitalSigns(course, 'DIS', morning, { weight: 0.98 });
  enterSample(course, 'DIS', morning - 30, 'DIS');
  enterEcho(course, 'DIS', morning + 2 * hour, { lvef: child.lvef.later, illness: 0 });
  enterEcg(course, 'DIS', morning + 10);
  enterSupport(course, 'DIS', morning);
  enterDischarge(course);
  return [{ point: 'DIS', at: morning - 30 }];
}

/** A child who has recovered is weighed, heard and, at one and six months, seen by ultrasound. */
function enterVisit(course: Course, visit: FollowUpVisit, at: Minute): readonly Sample[] {
  const { child, firstDose } = course;
  const days = daysFrom(firstDose, at);
  const years = days / 365;
  enterVitalSigns(course, visit, at, { weight: 1 + 0.09 * years, grown: Math.round(60 * years) / 10 });
  if (visit === 'M1') enterSample(course, visit, at + 20, 'M1');
  if (visit !== 'M3')
    enterEcho(course, visit, at + hour, {
      lvef: child.lvef.later + 1,
      illness: 0,
      coronaries: visit === 'M1',
    });
  if (visit === 'M1') enterEcg(course, visit, at + 30);
  enterFollowUp(course, visit, at, days);
  if (visit === 'M3' && isMriDue(child)) enterMri(course, visit, at);
  return visit === 'M1' ? [{ point: 'M1', at: at + 20 }] : [];
}

function isMriDue({ lvef }: ReplicaChild): boolean {
  return Math.min(lvef.SCR, lvef.PRE) < 50;
}

/** Of a child whose study ended with the inclusions, whether an MRI was done later is not known. */
function enterUnanswered({ entries, child }: Course): void {
  if (child.lost === null && child.visits.M3 === undefined && isMriDue(child))
    entries.fill('M3', 'CMR', { cmr_done: 'NK' });
}
