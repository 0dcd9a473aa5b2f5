/**
 * A small study of sleep, with one of everything that the engine has to deal with:
 * one enrolment form, nights that repeat, a table of wakings in each night, laboratory rows, a log of doses.
 */
import { Study } from '#shared/study.ts';
import type { z } from 'zod';

export type StudyInput = z.input<typeof Study>;
type FormInput = StudyInput['forms'][number];
type ItemInput = FormInput['groups'][number]['items'][number];
export type CheckInput = NonNullable<StudyInput['checks']>[number];

export const both = (text: string): { en: string; fr: string } => ({ en: text, fr: text });

export function item(id: string, type: ItemInput['type'], more: Partial<ItemInput> = {}): ItemInput {
  return { id, label: both(id), type, ...more };
}

export function check(more: Partial<CheckInput> & Pick<CheckInput, 'each' | 'fires'>): CheckInput {
  return {
    id: 'C1',
    severity: 'soft',
    items: [],
    message: both('fires'),
    rule: both('rule'),
    source: 'test',
    ...more,
  };
}

const enrolment: FormInput = {
  id: 'ENR',
  name: both('Enrolment'),
  groups: [
    {
      id: 'ENR_MAIN',
      name: both('Enrolment'),
      items: [
        item('s_birth', 'year-month'),
        item('s_sex', 'single-choice', { codeList: 'SEX', label: { en: 'Sex', fr: 'Sexe' } }),
        item('s_consent', 'yes-no'),
        item('s_start', 'date-time'),
        item('s_weight', 'decimal', {
          decimals: 1,
          unit: 'kg',
          label: { en: 'Weight', fr: 'Poids' },
          hard: { min: 2, max: 250 },
          soft: { min: 40, max: 120 },
          source: 'protocol 4.1',
        }),
        item('s_code', 'text', { pattern: '[A-Z]{3}' }),
        item('s_reason', 'text', { required: 's_consent = "0"' }),
        item('s_heavy', 'calculated', { result: 'yes-no', expression: 's_weight > 100' }),
        item('s_heavier', 'calculated', { result: 'yes-no', expression: 's_heavy = "1" and s_weight > 150' }),
      ],
    },
  ],
};

const night: FormInput = {
  id: 'NIGHT',
  name: both('Night'),
  groups: [
    {
      id: 'BED',
      name: both('Bed'),
      time: 'n_bed',
      items: [
        item('n_bed', 'date-time', { required: 'always' }),
        item('n_hours', 'comparator', {
          decimals: 1,
          unit: 'h',
          hard: { min: 0, max: 24 },
          soft: { min: 3, max: 12 },
        }),
        item('n_coffee', 'yes-no-unknown'),
        item('n_cups', 'integer', { shown: 'n_coffee = "1"', required: 'always' }),
        item('n_brand', 'text', { shown: 'n_cups > 2' }),
        item('n_signs', 'multiple-choice', { codeList: 'SIGNS' }),
        item('n_debt', 'calculated', {
          result: 'decimal',
          decimals: 1,
          unit: 'h',
          expression: '8 - n_hours',
        }),
        item('n_since', 'calculated', {
          result: 'decimal',
          decimals: 2,
          expression: 'hours between(T0, n_bed)',
        }),
      ],
    },
    {
      id: 'WAKE',
      name: both('Wakings'),
      repeating: true,
      layout: 'table',
      time: 'w_at',
      shown: 'n_hours < 12',
      items: [
        item('w_at', 'date-time'),
        item('w_minutes', 'integer', { unit: 'min' }),
        item('w_cause', 'single-choice', { codeList: 'CAUSE' }),
        item('w_sum', 'calculated', {
          result: 'integer',
          expression: 'sum(rows(WAKE)[event = "N1"].w_minutes)',
        }),
      ],
    },
  ],
};

const laboratory: FormInput = {
  id: 'LAB',
  name: both('Laboratory'),
  groups: [
    { id: 'SAMPLE', name: both('Sample'), time: 'l_at', items: [item('l_at', 'date-time')] },
    {
      id: 'RESULT',
      name: both('Results'),
      repeating: true,
      layout: 'table',
      items: [
        item('l_test', 'single-choice', { codeList: 'TEST' }),
        item('l_rel', 'single-choice', { codeList: 'RELATION' }),
        item('l_value', 'measurement', {
          parts: { relation: 'l_rel', unit: 'l_unit', test: 'l_test', qualifier: 'l_kind' },
          softAt: ['SCR'],
          required: 'always',
        }),
        item('l_unit', 'single-choice', { codeList: 'UNIT' }),
        item('l_kind', 'single-choice', { codeList: 'KIND', shown: 'qualified(l_test)' }),
        item('l_std', 'calculated', { result: 'decimal', decimals: 3, expression: 'l_value' }),
      ],
    },
  ],
};

const doses: FormInput = {
  id: 'DOSE',
  name: both('Doses'),
  groups: [
    {
      id: 'DOSES',
      name: both('Doses'),
      repeating: true,
      layout: 'table',
      time: 'd_at',
      items: [
        item('d_at', 'date-time', { required: 'always' }),
        item('d_mg', 'decimal', { decimals: 1, unit: 'mg', label: { en: 'Dose', fr: 'Dose' } }),
        item('d_route', 'single-choice', { codeList: 'ROUTE' }),
        item('d_perkg', 'calculated', {
          result: 'decimal',
          decimals: 2,
          unit: 'mg/kg',
          expression: 'd_mg / s_weight',
        }),
      ],
    },
  ],
};

const list = (id: string, codes: readonly string[]): StudyInput['codeLists'][number] => ({
  id,
  name: both(id),
  codes: codes.map((code) => ({ code, label: { en: `${code} en`, fr: `${code} fr` } })),
});

export const sleepStudy: StudyInput = {
  id: 'sleep',
  version: '1.0.0',
  name: both('Sleep'),
  title: both('A study of sleep'),
  languages: ['en', 'fr'],
  subjectNumber: {
    pattern: '(\\d{2})-\\d{3}',
    example: '01-001',
    hint: both('two digits, hyphen, three digits'),
  },
  missingReasons: 'MISSING',
  changeReasons: 'CHANGE',
  anchors: [
    { id: 'T0', name: both('First dose'), expression: 'min(all(d_at))' },
    { id: 'START', name: both('Start'), expression: 's_start' },
  ],
  events: [
    {
      id: 'SCR',
      name: both('Screening'),
      anchor: 'START',
      window: { unit: 'hours', target: 0, from: -2, to: 12 },
    },
    {
      id: 'N',
      name: both('Night'),
      anchor: 'T0',
      window: { unit: 'days', target: 0, from: 0, to: 1 },
      repeating: { first: 1, last: 9, except: [7] },
    },
    {
      id: 'N7',
      name: both('Seventh night'),
      anchor: 'T0',
      window: { unit: 'days', target: 6, from: 5, to: 7 },
    },
    { id: 'END', name: both('End') },
    { id: 'LOG', name: both('Logs'), kind: 'log' },
  ],
  codeLists: [
    list('SEX', ['M', 'F']),
    list('SIGNS', ['none', 'snore', 'dream']),
    list('CAUSE', ['noise', 'light']),
    list('ROUTE', ['PO', 'SC']),
    list('TEST', ['iron', 'dimer']),
    list('RELATION', ['=', '<', '<=', '>', '>=']),
    list('UNIT', ['mg/L', 'mg/dL', 'ug/L']),
    list('KIND', ['FEU', 'DDU']),
    list('MISSING', ['ND', 'NK']),
    list('CHANGE', ['slip']),
  ],
  forms: [enrolment, night, laboratory, doses],
  matrix: {
    ENR: { SCR: 'required' },
    NIGHT: { N: 'required', N7: 'required' },
    LAB: { SCR: 'required', END: 'optional' },
    DOSE: { LOG: 'optional' },
  },
  analytes: [
    {
      id: 'iron',
      label: { en: 'Iron', fr: 'Fer' },
      unit: 'mg/L',
      units: [
        { unit: 'mg/dL', factor: 10 },
        { unit: 'ug/L', factor: 0.001 },
      ],
      hard: { min: 0, max: 100 },
      soft: { min: 1, max: 20 },
      ceilings: [50],
      limitsNeeded: true,
    },
    {
      id: 'dimer',
      label: { en: 'Dimer', fr: 'Dimères' },
      unit: 'mg/L{FEU}',
      units: [
        { unit: 'mg/L', factor: 1, qualifier: 'FEU' },
        { unit: 'mg/L', factor: 2, qualifier: 'DDU', approximate: true },
      ],
      qualified: true,
    },
  ],
  growth: [
    {
      id: 'tiny',
      age: 'months',
      unit: 'kg',
      source: 'test',
      rows: {
        M: [
          [0, 1, 10, 0.1],
          [10, 1, 20, 0.1],
        ],
      },
    },
  ],
  lookups: [
    {
      id: 'bands',
      key: both('Age'),
      source: 'test',
      rows: [
        { from: 0, below: 10, values: { low: 1 } },
        { from: 10, below: 20, values: { low: 2, high: 9 } },
      ],
    },
  ],
  checks: [],
};

export function sleepWith(more: Partial<StudyInput>): Study {
  return Study.parse({ ...structuredClone(sleepStudy), ...more });
}
