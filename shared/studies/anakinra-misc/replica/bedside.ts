/** Vital signs of each visit, and the support of each day in hospital. */
import { day, daysFrom, hour, onDay, typedDate, typedTime, type Minute } from './calendar.ts';
import { picuAdmission, type Course } from './course.ts';
import { localText, typed, yes, type Answers } from './entries.ts';

interface Weighing {
  /** Of the weight at admission. */
  readonly weight?: number;
  /** Added to the height at admission. */
  readonly grown?: number;
}

/** At rest and well, by age in years [25]; a sick child is above. */
const heartRates = [
  [3, 112],
  [6, 100],
  [10, 92],
  [12, 86],
  [16, 78],
  [21, 74],
] as const;
const breathRates = [
  [3, 26],
  [6, 23],
  [12, 20],
  [21, 16],
] as const;

export function enterVitalSigns(course: Course, event: string, at: Minute, weighing: Weighing = {}): void {
  const { entries, child, age, admitted, discharged, chance } = course;
  const draw = chance(`vital signs ${event}`);
  const illness = illnessAt(course, at);
  const temperature = temperatureAt(course, at);
  const isShocked = child.disease.shock !== null && event === 'SCR';
  const systolic = Math.round(
    isShocked
      ? hypotensionAt(age) - draw.whole(2, 6)
      : wellSystolic(age) * (1 - 0.06 * illness) + draw.between(-3, 5),
  );
  const diastolic = Math.round(systolic * draw.between(0.52, 0.58));
  const isInHospital = at < discharged;
  const refill = isShocked ? 3 : illness > 0.5 ? 2 : 1.5;
  const saturation = Math.round(99 - 3 * illness - (isShocked ? 2 : 0));
  entries.fill(event, 'VS', {
    vs_dt: typedTime(at),
    ...(weighing.weight === undefined
      ? {}
      : { vs_wt: typed(child.person.weight * weighing.weight, 1), vs_wtsrc: 'MEAS' }),
    ...(weighing.grown === undefined ? {} : { vs_ht: typed(child.person.height + weighing.grown, 1) }),
    vs_temp: typed(temperature, 1),
    vs_hr: String(Math.round(below(heartRates, age) * (1 + 0.4 * illness) + draw.between(-4, 4))),
    vs_sbp: String(systolic),
    vs_dbp: String(diastolic),
    ...(course.isInPicu(at) ? { vs_map: String(Math.round(diastolic + (systolic - diastolic) / 3)) } : {}),
    vs_rr: String(Math.round(below(breathRates, age) * (1 + 0.5 * illness) + draw.between(-1, 2))),
    vs_spo2: String(saturation),
    ...(isInHospital ? { vs_crt: typed(refill, refill % 1 === 0 ? 0 : 1), vs_gcs: '15' } : {}),
    ...urineOutput(course, at, draw.between(1, 2.6) + (illness > 0.5 ? 0 : 1)),
    vs_fever: yes(temperature >= 38 || isFebrileWithin24h(course, at)),
  });
  if (refill > 2)
    entries.confirm({ event, form: 'VS', item: 'vs_crt', check: 'vs_crt.soft' }, 'Choc à l’admission');
  if (at < admitted) throw new Error(`${child.subject}: vital signs before admission`);
}

/** What was running and given on a day; the same wherever two visits share it. */
export function enterSupport(course: Course, event: string, at: Minute): void {
  const { entries, child, firstDose, admitted, hasHeartFailure } = course;
  const since = daysFrom(firstDose, at);
  const isFirstDay = daysFrom(admitted, at) === 0;
  entries.fill(event, 'SUP', {
    sup_date: typedDate(at),
    sup_bol: isFirstDay ? (child.disease.shock === null ? '10' : '30') : '0',
    ...dripsOn(course, since),
    sup_o2: oxygenOn(course, since),
    sup_ecmo: '0',
    sup_rrt: '0',
    sup_diur: yes(hasHeartFailure && !isFirstDay && since <= 3),
  });
}

/** At full rate until the day of the first dose, half on the next, then stopped. */
function dripsOn({ child }: Course, since: number): Answers {
  const share = since <= 0 ? 1 : since === 1 ? 0.5 : 0;
  return Object.fromEntries(
    Object.entries(child.disease.drips).flatMap(([drug, rate]) =>
      share === 0 ? [] : [[`sup_${drug}`, localText(rate * share)]],
    ),
  );
}

function oxygenOn({ child, hasHeartFailure }: Course, since: number): string {
  const isVentilated = child.besides.includes('ventilated');
  if (child.disease.shock !== null) {
    if (since <= 0) return isVentilated ? 'INV' : 'HFNC';
    if (since === 1) return isVentilated ? 'NIV' : 'LOW';
    return since === 2 && isVentilated ? 'LOW' : 'NONE';
  }
  return hasHeartFailure && since <= 0 ? 'LOW' : 'NONE';
}

/** 1 at admission and until the first dose, falling over the two days after it, 0 from then on. */
function illnessAt({ firstDose }: Course, at: Minute): number {
  if (at <= firstDose) return 1;
  return Math.max(0, 1 - (at - firstDose) / (44 * hour));
}

/** Fever goes within a day of the first dose. */
function temperatureAt({ firstDose, chance }: Course, at: Minute): number {
  const draw = chance(`temperature ${at}`);
  const hours = (at - firstDose) / hour;
  if (hours <= 0) return draw.between(38.6, 39.9);
  if (hours < 8) return draw.between(38, 38.7);
  if (hours < 30) return draw.between(37.1, 37.8);
  return draw.between(36.4, 37.2);
}

/** The evening of the first day counts for the next morning. */
function isFebrileWithin24h({ firstDose }: Course, at: Minute): boolean {
  return at > firstDose && at - eveningOf(firstDose) <= day;
}

export function eveningOf(firstDose: Minute): Minute {
  return Math.min(firstDose + 4 * hour, onDay(firstDose, 0, 23, 30));
}

/** Asked for from the admission to PICU on until discharge, measured while the child is there. */
function urineOutput(course: Course, at: Minute, output: number): Answers {
  if (course.child.stay.picu === 0 || at < picuAdmission(course.admitted) || at > course.discharged)
    return {};
  return { vs_uo: course.isInPicu(at) ? typed(output, 1) : 'NA' };
}

function wellSystolic(age: number): number {
  return Math.min(90 + 2 * age, 118);
}

/** PALS [25]: below this is hypotension. */
function hypotensionAt(age: number): number {
  return age < 10 ? 70 + 2 * Math.floor(age) : 90;
}

function below(rates: readonly (readonly [years: number, rate: number])[], age: number): number {
  return rates.find(([years]) => age < years)?.[1] ?? 75;
}
