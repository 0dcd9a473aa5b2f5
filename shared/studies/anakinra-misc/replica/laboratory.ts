/** Samples as the laboratory of the day printed them, row by row. */
import { typedTime, type Minute } from './calendar.ts';
import type { Course } from './course.ts';
import { localText, typed, type Answers } from './entries.ts';
import { laboratories, type Laboratory, type Print } from './laboratories.ts';
import { resultOf, type Point } from './results.ts';

/** The minimum set of CRF 4.7; of a pair, the one that the laboratory has. */
const minimum = ['crp', 'ferr', 'fib', 'ddim', 'tni', 'tnt', 'ntbnp', 'bnp', 'alb', 'na', 'k', 'creat'];
const moreOfMinimum = ['alt', 'ast', 'ldh', 'tg', 'wbc', 'anc', 'alc', 'hb', 'plt'];
const atFollowUp = [
  'crp',
  'ferr',
  'tni',
  'tnt',
  'ntbnp',
  'creat',
  'alt',
  'ast',
  'wbc',
  'anc',
  'alc',
  'hb',
  'plt',
];

export function enterSample(course: Course, event: string, at: Minute, point: Point): void {
  const laboratory = laboratoryAt(course, point);
  const wanted = point === 'M1' ? atFollowUp : [...minimum, ...moreOfMinimum, ...besides(course, point)];
  const tests = wanted.filter((test) => test in laboratory.prints);
  const spoilt = spoiltIn(course, point);
  course.entries.fill(
    event,
    'LB',
    ...tests.map((test): Answers => {
      const print = laboratory.prints[test];
      const head = { lb_dt: typedTime(at), lb_lab: laboratory.name, lb_test: test };
      if (print === undefined) throw new Error(`${laboratory.name} does not print ${test}`);
      if (test === spoilt) return { ...head, lb_miss: test === 'k' ? 'HE' : 'ND' };
      return {
        ...head,
        ...(print.type === undefined ? {} : { lb_dd: print.type }),
        ...printed(resultOf(course, test, point), print),
        ...fasting(course, test),
      };
    }),
  );
}

export function laboratoryAt({ child }: Course, point: Point): Laboratory {
  return laboratories[child.laboratory.referred && point === 'SCR' ? 'district' : child.laboratory.name];
}

/** The number that the report shows: what it says where the result is beyond the assay is at least that limit. */
export function printedNumber(standard: number, { factor = 1, decimals }: Print): number {
  return Number((standard / factor).toFixed(decimals));
}

function printed(standard: number, print: Print): Answers {
  const { unit, decimals, floor, ceiling, normal } = print;
  const number = printedNumber(standard, print);
  const text =
    floor !== undefined && number < floor
      ? `<${typed(floor)}`
      : ceiling !== undefined && number > ceiling
        ? `>${typed(ceiling)}`
        : typed(number, decimals);
  return {
    lb_val: `${text} ${unit}`,
    ...(normal === undefined ? {} : { lb_lln: localText(normal[0]), lb_uln: localText(normal[1]) }),
  };
}

/** Procalcitonin at admission, lactate in shock, soluble CD25 where macrophage activation is thought of. */
function besides({ child, hasHeartFailure }: Course, point: Point): readonly string[] {
  return [
    ...(point === 'SCR' ? ['pct'] : []),
    ...(child.disease.shock !== null && (point === 'SCR' || point === 'PRE') ? ['lact'] : []),
    ...(!hasHeartFailure && point === 'PRE' ? ['scd25'] : []),
  ];
}

/** Now and then a potassium is haemolysed, or triglycerides are forgotten. */
function spoiltIn({ chance }: Course, point: Point): string | null {
  const draw = chance(`spoilt ${point}`).between(0, 1);
  if (point === 'M1' || point === 'PRE') return null;
  return draw < 0.08 ? 'k' : draw < 0.15 ? 'tg' : null;
}

function fasting({ chance }: Course, test: string): Answers {
  return test === 'tg' ? { lb_fast: chance('fasting').oneOf('0', '1', '99') } : {};
}
