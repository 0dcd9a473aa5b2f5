/** Echocardiographies, ECGs and cardiac MRI. */
import { day, hour, typedDate, typedTime, type Minute } from './calendar.ts';
import type { Course } from './course.ts';
import { typed, yes, type Answers } from './entries.ts';

/** Boston coefficients: diameter in cm = a · B^b − c, SD = d + e · B, B by Haycock (McCrindle 2007 [21]). */
const arteries = {
  lad: [0.26108, 0.37893, 0.02852, 0.01465, 0.01996],
  rca: [0.26117, 0.39992, 0.02756, 0.02407, 0.01597],
  lmca: [0.31747, 0.36008, 0.02887, 0.0304, 0.01514],
} as const;

interface Echo {
  readonly lvef: number | '>55';
  /** Share of the dysfunction before treatment that is left: leaks, effusion and size follow it. */
  readonly illness: number;
  readonly coronaries?: boolean;
}

export function enterEcho(
  course: Course,
  event: string,
  at: Minute,
  { lvef, illness, coronaries = false }: Echo,
): void {
  const { entries, chance } = course;
  const draw = chance(`echo ${event}`);
  const isFailing = course.hasHeartFailure && illness > 0.5;
  const leak = isFailing
    ? draw.oneOf('1', '1', '2')
    : illness > 0 && course.hasHeartFailure
      ? draw.oneOf('0', '1')
      : '0';
  entries.fill(event, 'EC', {
    ec_dt: typedTime(at),
    ec_op: 'LOCAL',
    ec_ef: typeof lvef === 'number' ? typed(lvef, lvef % 1 === 0 ? 0 : 1) : lvef,
    ec_efm: methodOf(course),
    ...(typeof lvef === 'number' ? { ec_fs: typed(shorteningOf(lvef) + draw.between(-1, 1), 0) } : {}),
    ec_mr: leak,
    ec_ar: '0',
    ec_peric: isFailing ? draw.oneOf('0', '1', '1') : '0',
    ec_rv: yes(typeof lvef === 'number' && lvef < 33),
    ...(typeof lvef === 'number' ? { ec_tapse: typed(8 + lvef / 5 + draw.between(-1, 1), 0) } : {}),
    ...(coronaries ? coronariesOf(course, at) : {}),
    ec_thr: '0',
  });
}

/** One method for a child throughout, so that the change can be read. */
function methodOf({ child }: Course): string {
  return child.lvef.PRE < 40 || child.laboratory.name === 'central' ? 'SB' : 'TZ';
}

/** The cube law the other way round. */
function shorteningOf(lvef: number): number {
  return 100 * (1 - Math.cbrt(1 - lvef / 100));
}

function coronariesOf({ child, age, admitted, chance }: Course, at: Minute): Answers {
  const { weight, height } = child.person;
  const surface =
    0.024265 * height ** 0.3964 * weight ** 0.5378 * (1 + 0.03 * ((at - admitted) / (365 * day)));
  const answers: Record<string, string> = {};
  for (const [artery, [a, b, c, d, e]] of Object.entries(arteries)) {
    const z = chance(`coronary ${artery}`).between(-0.4, 1.2);
    const [mean, deviation] = [a * surface ** b - c, d + e * surface];
    const millimetres = Math.round(100 * (mean + z * deviation)) / 10;
    answers[`ec_${artery}`] = typed(millimetres, 1);
    if (age > 4) answers[`ec_${artery}z`] = typed((millimetres / 10 - mean) / deviation, 2);
  }
  return age > 4 ? { ...answers, ec_zsys: 'MCC' } : answers;
}

/** When each ECG was taken within its visit or day; the visits take them from here. */
export function enterEcg(course: Course, event: string, ...times: readonly Minute[]): void {
  const { entries, chance, hasHeartFailure, firstDose, age } = course;
  const draw = chance(`ecg ${event}`);
  entries.fill(
    event,
    'EG',
    ...times.map((at) => {
      const isIll = at < firstDose + 30 * hour;
      const wellRate = age < 6 ? 104 : age < 12 ? 90 : 78;
      return {
        eg_dt: typedTime(at),
        eg_hr: String(Math.round(wellRate * (isIll ? 1.32 : 1) + draw.between(-4, 4))),
        eg_pr: String(draw.whole(112, 148) + (isIll ? 8 : 0)),
        eg_qrs: String(draw.whole(70, 86)),
        eg_qtc: String(draw.whole(388, 424) + (isIll ? 10 : 0)),
        eg_find: isIll && hasHeartFailure ? draw.oneOf('STT', 'STT, LOWV', 'NORM') : 'NORM',
      };
    }),
  );
}

/** Two to six months after an LVEF below 50 %; the answers of a heart that has recovered. */
export function enterMri({ entries, chance }: Course, event: string, at: Minute): void {
  const draw = chance('mri');
  entries.fill(event, 'CMR', {
    cmr_done: '1',
    cmr_dt: typedDate(at),
    cmr_ef: typed(draw.between(57, 63), 1),
    cmr_lge: '0',
    cmr_oed: '0',
    cmr_t1: String(draw.whole(970, 1020)),
    cmr_t2: String(draw.whole(44, 50)),
    cmr_ecv: typed(draw.between(23, 27), 1),
  });
}
