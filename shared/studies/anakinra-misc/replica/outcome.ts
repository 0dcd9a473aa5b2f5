/** Adverse events, discharge, follow-up and the end of the study. */
import { day, hour, midnightOf, onDay, typedDate, typedTime, type Minute } from './calendar.ts';
import type { FollowUpVisit } from './children.ts';
import type { Course } from './course.ts';
import { yes, type Answers } from './entries.ts';
import { laboratoryAt, printedNumber } from './laboratory.ts';
import { resultOf, type Point } from './results.ts';
import { doseTimes, hasSiteReaction, intoleranceOf } from './treatments.ts';

export function enterAdverseEvents(course: Course, samples: readonly Sample[]): void {
  const intolerance = infusionEvent(course);
  const events = [...intolerance, ...transaminaseEvents(course, samples), ...siteReactions(course)];
  if (events.length > 0) course.entries.fill('LOG', 'AE', ...events);
  const missed = course.child.doses.indexOf(null);
  if (intolerance.length > 0) enterSupplement(course);
  if (missed !== -1)
    course.entries.fill('LOG', 'DV', {
      dv_dt: typedDate(doseTimes(course)[missed] ?? course.firstDose),
      dv_cat: 'DOSE',
      dv_sev: 'MIN',
      dv_act: 'Dose refusée, reprise le lendemain',
    });
}

export interface Sample {
  readonly point: Point;
  readonly at: Minute;
}

/** From the first sample after the first dose that CTCAE v5 grades to the first after it that it does not (CRF 6.8). */
function transaminaseEvents(course: Course, samples: readonly Sample[]): readonly Answers[] {
  if (course.child.alt.peak === null) return [];
  const graded = samples
    .filter(({ at }) => at > course.firstDose)
    .map(({ point, at }) => ({
      at,
      grade: Math.max(gradeOf(course, 'alt', point), gradeOf(course, 'ast', point)),
    }));
  const risen = graded.filter(({ grade }) => grade > 0);
  const [first, last] = [risen[0], risen.at(-1)];
  const well = graded.find(({ at, grade }) => last !== undefined && at > last.at && grade === 0);
  if (first === undefined || well === undefined)
    throw new Error(`${course.child.subject}: no transient rise of transaminases`);
  const grade = Math.max(...risen.map((sample) => sample.grade));
  return [
    event('Cytolyse hépatique transitoire', 'TRANS', first.at, well.at, {
      ae_gr: String(grade),
      ae_relana: 'POSS',
      ae_relig: 'UNL',
      ae_relcs: 'UNL',
      ae_act: 'NONE',
      ae_trt: '0',
    }),
  ];
}

/** Against the upper limit where the result before the first dose was normal, else against that result. */
function gradeOf(course: Course, test: 'alt' | 'ast', point: Point): number {
  const print = laboratoryAt(course, point).prints[test];
  const upper = print?.normal?.[1];
  if (print === undefined || upper === undefined) throw new Error(`no limits of ${test}`);
  const [before, now] = [
    printedNumber(resultOf(course, test, 'PRE'), print),
    printedNumber(resultOf(course, test, point), print),
  ];
  const isAbnormal = before > upper;
  const ratio = now / (isAbnormal ? before : upper);
  if (ratio > 20) return 4;
  if (ratio > 5) return 3;
  if (ratio > 3) return 2;
  return (isAbnormal ? ratio >= 1.5 : ratio > 1) ? 1 : 0;
}

function siteReactions(course: Course): readonly Answers[] {
  return doseTimes(course).flatMap((at, position) =>
    hasSiteReaction(course, position)
      ? [
          event('Érythème au point d’injection', 'ISR', at + hour, at + 2 * day, {
            ae_gr: '1',
            ae_relana: 'PROB',
            ae_relig: 'UNL',
            ae_relcs: 'UNL',
            ae_act: 'NONE',
            ae_trt: '0',
          }),
        ]
      : [],
  );
}

function infusionEvent(course: Course): readonly Answers[] {
  const intolerance = intoleranceOf(course);
  if (intolerance === null) return [];
  return [
    event(
      'Intolérance hémodynamique aux immunoglobulines',
      'IGREAC',
      intolerance.from + 2 * hour,
      intolerance.to + 20 * hour,
      {
        ae_gr: '3',
        ae_relana: 'UNL',
        ae_relig: 'PROB',
        ae_relcs: 'UNL',
        ae_act: 'NA',
        ae_trt: '1',
        ae_ser: '1',
        ae_crit: 'LIFE',
      },
    ),
  ];
}

function enterSupplement(course: Course): void {
  const intolerance = intoleranceOf(course);
  if (intolerance === null) return;
  course.entries.fill('LOG', 'SAE', {
    sae_ae: '1',
    sae_aware: typedTime(intolerance.to + hour),
    sae_rep: typedTime(intolerance.to + 9 * hour),
    sae_narr:
      'Deux heures après le début de la perfusion : tachycardie, hypotension et besoins en oxygène accrus. Perfusion arrêtée à 40 % de la dose prévue ; furosémide, milrinone et adrénaline. État stabilisé le lendemain.',
    sae_dech: 'POS',
    sae_rech: 'NAP',
  });
}

function event(term: string, category: string, from: Minute, to: Minute, judged: Answers): Answers {
  return {
    ae_term: term,
    ae_cat: category,
    ae_sdt: typedTime(from),
    ae_ong: '0',
    ae_edt: typedTime(to),
    ae_out: 'RECOVERED',
    ae_ser: '0',
    ...judged,
  };
}

export function enterDischarge({ entries, child, discharged }: Course): void {
  entries.fill('DIS', 'DSC', {
    dsc_dt: typedTime(discharged),
    dsc_type: child.besides.includes('transferred') ? 'TRANSF' : 'HOME',
    ...(child.stay.picu > 0 ? { dsc_picud: String(child.stay.picu) } : {}),
    dsc_seq: 'NONE',
    dsc_anx: '0',
    dsc_cs: yes(child.disease.before !== 'NONE'),
  });
}

export function enterFollowUp(
  { entries, chance }: Course,
  visit: FollowUpVisit,
  at: Minute,
  days: number,
): void {
  const isEarly = days < 60;
  entries.fill(visit, 'FU', {
    fu_dt: typedDate(at),
    fu_mode: 'VISIT',
    fu_stat: 'ALIVE',
    fu_ross: 'I',
    fu_symp: isEarly ? chance(`symptoms ${visit}`).oneOf('NONE', 'NONE', 'FAT') : 'NONE',
    fu_relap: '0',
    fu_readm: '0',
    fu_cs: '0',
    fu_asp: '0',
    fu_anx: '0',
    fu_sport: yes(!isEarly),
    fu_seq: 'NONE',
  });
}

/** Lost where a visit found nobody; ended with the inclusions where no visit was due any more; completed else. */
export function enterEnd({ entries, child, firstDose, discharged, followUp }: Course): void {
  const { lost } = child;
  if (lost !== null) {
    const at = midnightOf(firstDose) + lost.day * day;
    entries.fill(lost.visit, 'FU', { fu_dt: typedDate(at), fu_mode: 'PHONE', fu_stat: 'LOST' });
    entries.fill('LOG', 'END', { end_dt: typedDate(at), end_reas: 'LOST' });
    return;
  }
  const last = followUp.at(-1)?.at;
  entries.fill('LOG', 'END', {
    end_dt: typedDate(last ?? onDay(discharged, 18, 0)),
    end_reas: last === undefined ? 'SPON' : 'COMP',
  });
}
