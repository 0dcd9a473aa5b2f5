/** How three laboratories print their results: units, decimals, limits of the assay and of the normal. */

export interface Print {
  readonly unit: string;
  /** Reported number = number in the storage unit ÷ this factor (CRF 5). */
  readonly factor?: number;
  readonly decimals: number;
  /** In the reported unit: below or above, the report says < or > and the limit. */
  readonly floor?: number;
  readonly ceiling?: number;
  /** Local lower and upper limit, in the reported unit. */
  readonly normal?: readonly [low: number, high: number];
  /** D-dimer only. */
  readonly type?: 'FEU' | 'DDU';
}

export interface Laboratory {
  readonly name: string;
  readonly prints: Readonly<Record<string, Print>>;
}

const common = {
  crp: { unit: 'mg/L', decimals: 0, floor: 5, normal: [0, 5] },
  fib: { unit: 'g/L', decimals: 1, normal: [2, 4] },
  alb: { unit: 'g/L', decimals: 0, normal: [35, 50] },
  na: { unit: 'mmol/L', decimals: 0 },
  k: { unit: 'mmol/L', decimals: 1 },
  creat: { unit: 'µmol/L', decimals: 0 },
  alt: { unit: 'U/L', decimals: 0, normal: [7, 40] },
  ast: { unit: 'U/L', decimals: 0, normal: [13, 45] },
  ldh: { unit: 'U/L', decimals: 0, normal: [120, 300] },
  pct: { unit: 'µg/L', decimals: 1 },
  lact: { unit: 'mmol/L', decimals: 1 },
  scd25: { unit: 'U/mL', decimals: 0 },
} satisfies Laboratory['prints'];

export const laboratories = {
  central: {
    name: 'CHU, laboratoire central',
    prints: {
      ...common,
      ferr: { unit: 'µg/L', decimals: 0, normal: [14, 150] },
      ddim: { unit: 'µg/L', factor: 0.001, decimals: 0, normal: [0, 500], type: 'FEU' },
      tni: { unit: 'ng/L', decimals: 0, floor: 3, normal: [0, 34] },
      ntbnp: { unit: 'ng/L', decimals: 0, ceiling: 35000, normal: [0, 300] },
      tg: { unit: 'mmol/L', decimals: 2 },
      wbc: { unit: 'G/L', decimals: 1 },
      anc: { unit: 'G/L', decimals: 1, normal: [1.8, 8] },
      alc: { unit: 'G/L', decimals: 2, normal: [1, 5] },
      hb: { unit: 'g/dL', factor: 10, decimals: 1 },
      plt: { unit: 'G/L', decimals: 0, normal: [150, 450] },
    },
  },
  paediatric: {
    name: 'Hôpital d’enfants, biologie',
    prints: {
      ...common,
      alt: { unit: 'U/L', decimals: 0, normal: [5, 45] },
      ast: { unit: 'U/L', decimals: 0, normal: [10, 50] },
      ferr: { unit: 'ng/mL', decimals: 0, normal: [10, 160] },
      ddim: { unit: 'mg/L FEU', decimals: 2, normal: [0, 0.5], type: 'FEU' },
      tnt: { unit: 'ng/L', decimals: 0, floor: 5, normal: [0, 14] },
      ntbnp: { unit: 'pg/mL', decimals: 0, ceiling: 35000, normal: [0, 320] },
      tg: { unit: 'g/L', factor: 1.129, decimals: 2 },
      wbc: { unit: '/mm³', factor: 0.001, decimals: 0 },
      anc: { unit: '/mm³', factor: 0.001, decimals: 0, normal: [1700, 7500] },
      alc: { unit: '/mm³', factor: 0.001, decimals: 0, normal: [1200, 5200] },
      hb: { unit: 'g/L', decimals: 0 },
      plt: { unit: 'G/L', decimals: 0, normal: [170, 450] },
    },
  },
  /** The hospital that sends a child: fewer assays, BNP in place of NT-proBNP, D-dimer as DDU. */
  district: {
    name: 'CH de secteur, garde',
    prints: {
      ...common,
      ferr: { unit: 'µg/L', decimals: 0, normal: [15, 200] },
      ddim: { unit: 'ng/mL', factor: 0.002, decimals: 0, normal: [0, 250], type: 'DDU' },
      tni: { unit: 'ng/mL', factor: 1000, decimals: 2, normal: [0, 0.04] },
      bnp: { unit: 'pg/mL', decimals: 0, ceiling: 5000, normal: [0, 100] },
      tg: { unit: 'mmol/L', decimals: 1 },
      wbc: { unit: '/mm³', factor: 0.001, decimals: 0 },
      anc: { unit: '/mm³', factor: 0.001, decimals: 0, normal: [1800, 8000] },
      alc: { unit: '/mm³', factor: 0.001, decimals: 0 },
      hb: { unit: 'g/dL', factor: 10, decimals: 1 },
      plt: { unit: 'G/L', decimals: 0, normal: [150, 400] },
    },
  },
} satisfies Record<string, Laboratory>;
