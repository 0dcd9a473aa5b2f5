import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, result } from '../children.ts';

const evaluated = (answers: Record<string, string> = {}) => ({
  MAS: { mas_dt: '2021-11-03', mas_phys: '0', mas_sjia: '1', mas_cns: '0', ...answers },
});
const lab = (ferritin: string, platelets: string, ast: string, triglycerides = '1.0') => ({
  LB: [
    result('ferr', `${ferritin} ug/L`),
    result('plt', `${platelets} G/L`),
    result('ast', `${ast} U/L`),
    result('tg', `${triglycerides} mmol/L`, { lb_fast: '1' }),
    result('fib', '6.4 g/L'),
    result('hb', '110 g/L'),
    result('anc', '10 G/L'),
    result('scd25', '900 U/mL'),
  ],
});
const signs = { ONS: { ons_tmax: '38.2', ons_splm: '0', ons_fevdat: '2021-10-28' } };
const workup = { mas_bm: '1', mas_hemo: '0', mas_nk: 'NORM' };
/** Ferritin 600 and fibrinogen 6.4: neither set of criteria is met. */
const mild = { ...boy, ...signs, ...lab('600', '250', '40'), ...evaluated(workup) };
/** Ferritin 685, platelets 181, AST 49: the 2016 criteria, just met. */
const met = { ...boy, ...signs, ...lab('685', '181', '49'), ...evaluated(workup) };
const triglycerides = (answers: Record<string, string>, mas_dt = '2021-11-03') => ({
  ...boy,
  LB: result('tg', '3.2 mmol/L', answers),
  ...evaluated({ mas_dt }),
});

export const masCases: readonly Case[] = [
  fires(
    'EC48',
    'MAS chosen with ferritin 600 and fibrinogen 6.4',
    { ...mild, AND: { and_ind: 'MAS' } },
    'items met: 1 of 8',
  ),
  fires('EC48', 'MAS and heart failure chosen', { ...mild, AND: { and_ind: 'BOTH' } }),
  silent('EC48', 'the 2016 criteria are met', { ...met, AND: { and_ind: 'MAS' } }),
  silent('EC48', 'a later evaluation meets them', {
    ...met,
    'MAS@D2': { mas_dt: '2021-10-31', mas_phys: '0' },
    AND: { and_ind: 'MAS' },
  }),
  silent('EC48', 'the indication is heart failure', { ...mild, AND: { and_ind: 'HF' } }),
  undecided('EC48', 'no evaluation was made', { ...boy, AND: { and_ind: 'MAS' } }),
  undecided('EC48', 'ferritin is not known', {
    ...boy,
    ...signs,
    LB: result('plt', '150 G/L'),
    ...evaluated(),
    AND: { and_ind: 'MAS' },
  }),

  fires('EC49', 'ferritin 685, platelets 181, AST 49 and no diagnosis of MAS', met),
  silent('EC49', 'MAS is diagnosed', { ...met, ...evaluated({ ...workup, mas_phys: '1' }) }),
  silent('EC49', 'ferritin is exactly 684', {
    ...boy,
    ...signs,
    ...lab('684', '181', '49'),
    ...evaluated(workup),
  }),
  undecided('EC49', 'ferritin is not known', { ...boy, LB: result('plt', '150 G/L'), ...evaluated() }),

  fires('EC40', 'fasting is not stated', triglycerides({})),
  fires('EC40', 'fasting is not stated, with a reason', triglycerides({ lb_fast: 'ND' })),
  silent('EC40', 'the child was fasting', triglycerides({ lb_fast: '1' })),
  silent('EC40', 'it is answered that this is unknown', triglycerides({ lb_fast: '99' })),
  silent('EC40', 'the sample is of after the evaluation', triglycerides({}, '2021-10-31')),
  silent('EC40', 'no evaluation was made', { ...boy, LB: result('tg', '3.2 mmol/L') }),
  undecided('EC40', 'the evaluation has no date', triglycerides({}, 'NK')),
];
