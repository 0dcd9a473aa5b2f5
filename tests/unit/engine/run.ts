/** Short ways to write a subject down and to ask the engine about it. */
import { indexSubject, type Draft, type SubjectIndex } from '#shared/subject-index.ts';
import { runChecks, type CheckOptions } from '#shared/edit-checks.ts';
import type {
  Finding,
  FormStatus,
  ItemValue,
  RecordedValue,
  Relation,
  SubjectRecord,
  ValuePlace,
} from '#shared/record.ts';
import { createStudyModel, type StudyFault, type StudyModel } from '#shared/study-model.ts';
import type { Study } from '#shared/study.ts';
import { check, sleepWith, type CheckInput } from './sleep-study.ts';

export const now = '2021-11-10T12:00';

/** "SCR/ENR/s_weight" or "N1/NIGHT/2/w_minutes" → what stands there: "70", ">55", "ND", a list of codes. */
export type Answers = Readonly<Record<string, string | readonly string[] | null>>;

export function placeOf(path: string): ValuePlace {
  const parts = path.split('/');
  const [event = '', form = ''] = parts;
  return { event, form, row: parts.length === 4 ? Number(parts[2]) : 1, item: parts.at(-1) ?? '' };
}

export function toValue(answer: string | readonly string[]): ItemValue {
  const empty: ItemValue = {
    text: null,
    relation: null,
    number: null,
    unit: null,
    precision: null,
    missing: null,
  };
  if (typeof answer !== 'string') return { ...empty, text: JSON.stringify(answer) };
  if (answer === 'ND' || answer === 'NK') return { ...empty, missing: answer };
  const [, sign, digits] = /^(<=|>=|<|>)?(-?\d+(?:\.\d+)?)$/u.exec(answer) ?? [];
  if (digits === undefined) return { ...empty, text: answer };
  return { ...empty, text: digits, number: Number(digits), relation: (sign ?? '=') as Relation };
}

export function drafts(answers: Answers): readonly Draft[] {
  return Object.entries(answers).map(([path, answer]) => ({
    place: placeOf(path),
    value: answer === null ? null : toValue(answer),
  }));
}

export function recordOf(
  answers: Answers,
  model: StudyModel,
  forms: readonly FormStatus[] = [],
): SubjectRecord {
  const values = drafts(answers).map(({ place, value }): RecordedValue => ({
    ...place,
    ...(value ?? { ...toValue('ND'), missing: null }),
    version: 1,
    derived: model.item(place.item)?.item.type === 'calculated',
    parked: false,
  }));
  return { subject: '01-001', site: '01', forms, values };
}

export function modelOf(study: Study): StudyModel {
  const { model, faults } = createStudyModel(study);
  if (faults.length > 0) throw new Error(faults.map(describeFault).join('\n'));
  return model;
}

export function faultsOf(study: Study): readonly string[] {
  return createStudyModel(study).faults.map(describeFault);
}

/** "forms.0.groups.0.items.3.expression 1:5 message" */
export function describeFault(fault: StudyFault): string {
  const at = fault.line === undefined ? '' : ` ${String(fault.line)}:${String(fault.column)}`;
  return `${fault.path.join('.')}${at} ${fault.message}`;
}

export const plainModel = modelOf(sleepWith({}));

export function indexOf(
  answers: Answers,
  model: StudyModel = plainModel,
  forms: readonly FormStatus[] = [],
): SubjectIndex {
  return indexSubject(model, recordOf(answers, model, forms));
}

export interface CheckRun extends Partial<CheckOptions> {
  readonly forms?: readonly FormStatus[];
}

export function findingsOf(
  checks: readonly CheckInput[],
  answers: Answers,
  run: CheckRun = {},
): readonly Finding[] {
  const model = modelOf(sleepWith({ checks: [...checks] }));
  const { forms, ...options } = run;
  return runChecks(model, indexOf(answers, model, forms), { phase: 'entry', now, ...options });
}

/** Where an expression is asked: at the subject, on a form, in each row of a group. */
export type Asked =
  | { readonly each: 'subject' }
  | { readonly each: 'form'; readonly form: string }
  | { readonly each: 'row'; readonly group: string };

const shownAt: Readonly<Record<string, string>> = {
  ENR: 's_birth',
  NIGHT: 'n_bed',
  LAB: 'l_at',
  DOSE: 'd_at',
  BED: 'n_bed',
  WAKE: 'w_at',
  RESULT: 'l_test',
  DOSES: 'd_at',
  SAMPLE: 'l_at',
};

/** What an expression is worth wherever it is asked, as a message shows it, in the order of findings. */
export function say(
  expression: string,
  answers: Answers,
  asked: Asked = { each: 'subject' },
): readonly string[] {
  const where =
    asked.each === 'subject' ? 's_birth' : (shownAt[asked.each === 'form' ? asked.form : asked.group] ?? '');
  const checks = [
    check({
      ...asked,
      fires: 'true',
      items: [where],
      message: { en: `= {${expression}}`, fr: `= {${expression}}` },
    }),
  ];
  return findingsOf(checks, answers)
    .filter((finding) => finding.check === 'C1')
    .map((finding) => finding.message.en.slice(2));
}
