import { fires, silent, undecided, type Case } from '../case.ts';
import { boy, course, infusion, measured } from '../children.ts';

const ivig = (answers: Record<string, string>) => ({ ...measured, IG: { ...infusion, ...answers } });
const steroid = (answers: Record<string, string>) => ({ ...measured, CS: { ...course, ...answers } });
const reaction = { ae_cat: 'IGREAC', ae_sdt: '2021-11-02 10:00', ae_edt: '2021-11-02 14:00' };

export const treatmentCases: readonly Case[] = [
  fires('EC53', 'the infusion ends before it starts', ivig({ ig_edt: '2021-11-02 07:00' })),
  silent('EC53', 'the infusion ends after it starts', ivig({})),
  undecided('EC53', 'the end is not known', ivig({ ig_edt: 'NK' })),

  fires('EC53_CS', 'the course ends before it starts', steroid({ cs_ong: '0', cs_edt: '2021-11-01 08:00' })),
  silent('EC53_CS', 'the course ends when it starts', steroid({ cs_ong: '0', cs_edt: '2021-11-02 08:00' })),
  undecided('EC53_CS', 'the course is ongoing', steroid({ cs_ong: '1' })),

  fires('EC54', '0.5 g/kg', ivig({ ig_dose: '16', ig_wtb: 'IDE' }), 'based on ideal weight'),
  fires('EC54', '1.5 g/kg', ivig({ ig_dose: '48' })),
  fires('EC54', '2.5 g/kg', ivig({ ig_dose: '80' })),
  silent('EC54', '1 g/kg', ivig({ ig_dose: '32' })),
  silent('EC54', '2 g/kg', ivig({ ig_dose: '64' })),
  undecided('EC54', 'no weight was recorded before the infusion', { ...boy, IG: infusion }),

  fires('EC55', '2 g/kg to a child of 64 kg is 128 g', {
    ...boy,
    VS: { vs_dt: '2021-11-01 09:00', vs_wt: '64' },
    IG: { ...infusion, ig_dose: '128' },
  }),
  silent('EC55', '100 g', ivig({ ig_dose: '100' })),
  undecided('EC55', 'the dose is not known', ivig({ ig_dose: 'NK' })),

  fires(
    'EC56',
    '2 g/kg in 12 h with LVEF 39.5 before',
    { ...ivig({}), EC: { ec_dt: '2021-11-01 20:00', ec_ef: '39.5' } },
    'LVEF 39.5% before',
  ),
  silent('EC56', 'LVEF 58 before', { ...ivig({}), EC: { ec_dt: '2021-11-01 20:00', ec_ef: '58' } }),
  silent('EC56', '1 g/kg', { ...ivig({ ig_dose: '32' }), EC: { ec_dt: '2021-11-01 20:00', ec_ef: '39.5' } }),
  silent('EC56', 'over 16 h', {
    ...ivig({ ig_edt: '2021-11-03 00:00' }),
    EC: { ec_dt: '2021-11-01 20:00', ec_ef: '39.5' },
  }),
  undecided('EC56', 'the echocardiography came after the infusion', {
    ...ivig({}),
    EC: { ec_dt: '2021-11-02 20:00', ec_ef: '39.5' },
  }),

  fires('EC57', 'well tolerated and fluid overload', ivig({ ig_tol: '0;2' })),
  silent('EC57', 'well tolerated', ivig({ ig_tol: '0' })),
  silent('EC57', 'fluid overload and other', ivig({ ig_tol: '2;8' })),
  undecided('EC57', 'tolerance is not entered', ivig({})),

  fires('EC58', 'fluid overload without signs or action', ivig({ ig_tol: '2' })),
  fires('EC58', 'fluid overload without an action', ivig({ ig_tol: '2', ig_cv: 'LVEF' })),
  silent('EC58', 'fluid overload, signs and action given', ivig({ ig_tol: '2', ig_cv: 'LVEF', ig_act: '3' })),
  silent('EC58', 'haemolysis', ivig({ ig_tol: '4' })),
  undecided('EC58', 'tolerance is not entered', ivig({})),

  fires('EC59', 'fluid overload and an empty log', ivig({ ig_tol: '2' })),
  fires('EC59', 'the reaction in the log is of a month later', {
    ...ivig({ ig_tol: '2' }),
    AE: { ...reaction, ae_sdt: '2021-12-02 10:00', ae_edt: '2021-12-03 10:00' },
  }),
  fires('EC59', 'the event at that time is of another category', {
    ...ivig({ ig_tol: '2' }),
    AE: { ...reaction, ae_cat: 'HEAD' },
  }),
  silent('EC59', 'the reaction is in the log', { ...ivig({ ig_tol: '2' }), AE: reaction }),
  silent('EC59', 'aseptic meningitis on the third day', {
    ...ivig({ ig_tol: '5' }),
    AE: { ae_cat: 'IGREAC', ae_sdt: '2021-11-05 10:00' },
  }),
  silent('EC59', 'well tolerated', ivig({ ig_tol: '0' })),
  undecided('EC59', 'tolerance is not entered', ivig({})),
  undecided('EC59', 'a reaction in the log has no date', {
    ...ivig({ ig_tol: '2' }),
    AE: { ae_cat: 'IGREAC', ae_sdt: 'NK' },
  }),

  fires('ig_edt_within_72h', 'the end was typed a month late', ivig({ ig_edt: '2021-12-02 20:00' })),
  silent('ig_edt_within_72h', 'over 12 h', ivig({})),
  undecided('ig_edt_within_72h', 'the end is not known', ivig({ ig_edt: 'NK' })),

  fires('ig_edt_usual_duration', 'over 4 h', ivig({ ig_edt: '2021-11-02 12:00' })),
  fires('ig_edt_usual_duration', 'over 60 h', ivig({ ig_edt: '2021-11-04 20:00' })),
  silent('ig_edt_usual_duration', 'over 12 h', ivig({})),
  undecided('ig_edt_usual_duration', 'the end is not known', ivig({ ig_edt: 'NK' })),

  fires('EC60', 'prednisolone 5 mg/kg is 4 mg/kg of methylprednisolone', steroid({ cs_mgd: '160' })),
  fires('EC60', 'a pulse of 34 mg/kg', steroid({ cs_drug: 'MP', cs_mgd: '1100' })),
  fires('EC60', 'more than 1 g, whatever the weight', {
    ...boy,
    CS: { ...course, cs_drug: 'MP', cs_mgd: '1200' },
  }),
  silent('EC60', 'prednisolone 60 mg is 1.5 mg/kg of methylprednisolone', steroid({})),
  silent('EC60', 'a pulse of 30 mg/kg', steroid({ cs_drug: 'MP', cs_mgd: '960' })),
  undecided('EC60', 'no weight was recorded before the course', { ...boy, CS: course }),
];
