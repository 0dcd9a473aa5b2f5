/** A small study of its own, with one item of every type and each thing that a save has to respect. */
import { createStudyModel, type PlacedItem, type StudyModel } from '#shared/study-model.ts';
import { Study } from '#shared/study.ts';

const text = (en: string, fr: string = en): { en: string; fr: string } => ({ en, fr });

export const littleStudy: Study = Study.parse({
  id: 'little-study',
  version: '1.0.0',
  name: text('Little', 'Petite'),
  title: text('A little study', 'Une petite étude'),
  languages: ['en', 'fr'],
  subjectNumber: {
    pattern: '^(\\d{2})-\\d{3}$',
    example: '01-001',
    hint: text('Site, then number', 'Centre, puis numéro'),
  },
  missingReasons: 'MISS',
  changeReasons: 'WHY',
  anchors: [
    { id: 'START', name: text('Start', 'Début'), expression: 'q_start' },
    { id: 'END', name: text('End', 'Fin'), expression: 'z_end' },
  ],
  events: [
    {
      id: 'SCR',
      name: text('Screening', 'Sélection'),
      anchor: 'START',
      window: { unit: 'hours', target: 0, from: -24, to: 0 },
    },
    {
      id: 'D',
      name: text('Day', 'Jour'),
      anchor: 'START',
      window: { unit: 'days', target: 0, from: 0, to: 0 },
      repeating: { first: 1, last: 20, except: [7] },
    },
    {
      id: 'D7',
      name: text('Day 7', 'Jour 7'),
      anchor: 'START',
      window: { unit: 'days', target: 6, from: 5, to: 7 },
    },
    {
      id: 'OPT',
      name: text('Optional', 'Facultatif'),
      anchor: 'START',
      window: { unit: 'days', target: 10, from: 9, to: 11 },
    },
    {
      id: 'OUT',
      name: text('Discharge', 'Sortie'),
      anchor: 'END',
      window: { unit: 'days', target: 0, from: 0, to: 2 },
    },
    { id: 'LOG', name: text('Logs', 'Journaux'), kind: 'log' },
    {
      id: 'UNS',
      name: text('Unscheduled', 'Non programmée'),
      kind: 'unscheduled',
      repeating: { first: 1, last: 5 },
    },
  ],
  codeLists: [
    {
      id: 'MISS',
      name: text('Missing'),
      codes: [
        { code: 'ND', label: text('Not done', 'Non fait') },
        { code: 'NA', label: text('Not applicable', 'Non applicable') },
        { code: 'NK', label: text('Not known', 'Inconnu') },
      ],
    },
    {
      id: 'WHY',
      name: text('Reasons'),
      codes: [
        { code: 'TYPO', label: text('Typing error', 'Erreur de saisie') },
        { code: 'OTHER', label: text('Other', 'Autre'), specify: true },
      ],
    },
    {
      id: 'METHOD',
      name: text('Method'),
      codes: [
        { code: 'SB', label: text('Simpson biplane', 'Simpson biplan') },
        { code: 'VE', label: text('Visual estimate', 'Estimation visuelle') },
        { code: 'NK', label: text('Unknown method', 'Méthode inconnue') },
      ],
    },
    {
      id: 'SIGNS',
      name: text('Signs'),
      codes: [
        { code: '0', label: text('None', 'Aucun'), exclusive: true },
        { code: '1', label: text('Fever, chills', 'Fièvre, frissons') },
        { code: '2', label: text('Rash', 'Éruption') },
        { code: '3', label: text('Oedema', 'Œdème') },
      ],
    },
    {
      id: 'CMP',
      name: text('Relation'),
      codes: ['=', '<', '<=', '>', '>='].map((code) => ({ code, label: text(code) })),
    },
    {
      id: 'UNITS',
      name: text('Units'),
      codes: ['g/L', 'mg/L', 'mg/dL', 'ng/L', 'ug/L', '10*9/L', '/mm3'].map((code) => ({
        code,
        label: text(code),
      })),
    },
    {
      id: 'TEST',
      name: text('Tests'),
      codes: [
        { code: 'crp', label: text('C-reactive protein', 'Protéine C réactive') },
        { code: 'plt', label: text('Platelets', 'Plaquettes') },
        { code: 'hb', label: text('Haemoglobin', 'Hémoglobine') },
      ],
    },
  ],
  forms: [
    {
      id: 'Q',
      name: text('Questions', 'Questions'),
      groups: [
        {
          id: 'Q',
          name: text('Questions'),
          items: [
            { id: 'q_site', label: text('Site', 'Centre'), type: 'text', system: 'site' },
            { id: 'q_subject', label: text('Subject', 'Sujet'), type: 'text', system: 'subject' },
            { id: 'q_start', label: text('Start', 'Début'), type: 'date-time' },
            {
              id: 'q_int',
              label: text('Count', 'Nombre'),
              type: 'integer',
              unit: '/min',
              hard: { min: 0, max: 300 },
            },
            {
              id: 'q_dec',
              label: text('Weight', 'Poids'),
              type: 'decimal',
              decimals: 2,
              unit: 'kg',
              required: 'always',
            },
            { id: 'q_free', label: text('Any number', 'Nombre libre'), type: 'decimal' },
            { id: 'q_text', label: text('Remark', 'Remarque'), type: 'text', maxLength: 100 },
            { id: 'q_date', label: text('Day', 'Jour'), type: 'date' },
            { id: 'q_ym', label: text('Birth', 'Naissance'), type: 'year-month' },
            { id: 'q_partial', label: text('First sign', 'Premier signe'), type: 'partial-date' },
            { id: 'q_yn', label: text('Treated', 'Traité'), type: 'yes-no' },
            { id: 'q_ynu', label: text('Contact', 'Contact'), type: 'yes-no-unknown' },
            { id: 'q_one', label: text('Method', 'Méthode'), type: 'single-choice', codeList: 'METHOD' },
            { id: 'q_many', label: text('Signs', 'Signes'), type: 'multiple-choice', codeList: 'SIGNS' },
            {
              id: 'q_cmp',
              label: text('Ejection fraction', 'Fraction d’éjection'),
              type: 'comparator',
              decimals: 1,
              unit: '%',
            },
            {
              id: 'q_meas',
              label: text('Marker', 'Marqueur'),
              type: 'measurement',
              decimals: 2,
              unit: 'ug/L',
            },
            {
              id: 'q_dose',
              label: text('Dose', 'Dose'),
              type: 'decimal',
              decimals: 1,
              unit: 'mg',
              shown: 'q_yn = "1"',
            },
            {
              id: 'q_perkg',
              label: text('Dose per kg', 'Dose par kg'),
              type: 'calculated',
              result: 'decimal',
              decimals: 2,
              unit: 'mg/kg',
              expression: 'q_dose / q_dec',
            },
          ],
        },
      ],
    },
    {
      id: 'L',
      name: text('Laboratory', 'Biologie'),
      groups: [
        {
          id: 'L',
          name: text('Results', 'Résultats'),
          repeating: true,
          layout: 'table',
          items: [
            { id: 'l_test', label: text('Test', 'Analyse'), type: 'single-choice', codeList: 'TEST' },
            { id: 'l_cmp', label: text('Relation'), type: 'single-choice', codeList: 'CMP' },
            {
              id: 'l_val',
              label: text('Result', 'Résultat'),
              type: 'measurement',
              parts: { relation: 'l_cmp', unit: 'l_unit', test: 'l_test' },
            },
            { id: 'l_unit', label: text('Unit', 'Unité'), type: 'single-choice', codeList: 'UNITS' },
          ],
        },
      ],
    },
    {
      id: 'Z',
      name: text('End', 'Fin'),
      groups: [
        {
          id: 'Z',
          name: text('End'),
          items: [
            { id: 'z_end', label: text('End', 'Fin'), type: 'date-time', required: 'always' },
            {
              id: 'z_weight',
              label: text('Weight', 'Poids'),
              type: 'calculated',
              result: 'decimal',
              decimals: 1,
              expression: 'q_dec',
            },
          ],
        },
      ],
    },
  ],
  matrix: {
    Q: { SCR: 'required' },
    L: { SCR: 'optional', D: 'required', D7: 'required', OPT: 'optional', LOG: 'optional', UNS: 'optional' },
    Z: { OUT: 'required' },
  },
  analytes: [
    { id: 'crp', label: text('CRP'), unit: 'mg/L', units: [{ unit: 'mg/dL', factor: 10 }] },
    { id: 'plt', label: text('Platelets'), unit: '10*9/L', units: [{ unit: '/mm3', factor: 0.001 }] },
    {
      id: 'hb',
      label: text('Haemoglobin', 'Hémoglobine'),
      unit: 'g/L',
      units: [{ unit: 'g/dL', factor: 10 }],
    },
  ],
  checks: [
    {
      id: 'DOSE',
      severity: 'soft',
      each: 'form',
      form: 'Q',
      items: ['q_dose', 'q_dec'],
      fires: 'q_perkg > 8',
      message: text('The dose is {q_perkg} per kg.', 'La dose est de {q_perkg} par kg.'),
      rule: text('At most 8 mg/kg', 'Au plus 8 mg/kg'),
      source: 'test',
    },
  ],
});

export function littleModel(): StudyModel {
  const { model, faults } = createStudyModel(littleStudy);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return model;
}

export function placedIn(model: StudyModel, item: string): PlacedItem {
  const placed = model.item(item);
  if (placed === undefined) throw new Error(`no item ${item}`);
  return placed;
}
