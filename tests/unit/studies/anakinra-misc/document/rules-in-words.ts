/**
 * What the study document writes beside an item in words, and what became of it: the checks that ask it, or where else
 * the definition has it. Each line must still be written there, and each check must concern the item.
 */
export interface RuleInWords {
  readonly words: string;
  readonly items: readonly string[];
  /** Ids of checks, or a sentence. */
  readonly became: readonly string[] | string;
}

const rule = (words: string, items: string, became: readonly string[] | string): RuleInWords => ({
  words,
  items: items.split(' '),
  became,
});

export const rulesInWords: readonly RuleInWords[] = [
  rule('site list', 'enr_site', 'The site is the application’s.'),
  rule('H `^\\d{2}-\\d{3}$`, site prefix = enr_site', 'enr_subj', ['enr_subj_site_prefix']),
  rule('H ≤ today', 'enr_infodat cov_dat', ['EC06']),
  rule('H must be 1 to save other forms', 'enr_noopp', ['EC01']),
  rule('H ≤ now', 'enr_admdt', ['EC06']),
  rule("S 2020-03-01…2022-09-30 when replaying the paper's window [1]", 'enr_admdt', ['EC08']),
  rule('H ≥ enr_admdt−24 h', 'enr_picudt', ['enr_picudt_after_admission']),
  rule('label contraindication [13]', 'enr_ex_hyp', 'Said beside the field; makes the child not eligible.'),
  rule('= noopp & misc & refr & ¬ex_hyp', 'enr_elig', 'Its derivation.'),

  rule('H ≤ admission', 'dm_birth', ['EC02']),
  rule('age H 0–<21 y (CSTE/CDC limit [4][5]), S ≥18 y', 'dm_birth', ['EC02', 'EC03']),
  rule(
    'S <8 months → label age floor [13]',
    'dm_age',
    'EC04, which counts at the first dose, as the label does.',
  ),
  rule('ISO 3166', 'dm_country', 'The list CL_COUNTRY.'),

  rule('H ≤ admission', 'mh_covvacdat', ['mh_covvacdat_before_admission']),
  rule('S ≥ 2020-12-01 [K]', 'mh_covvacdat', ['mh_covvacdat_first_vaccines']),

  rule('S ≥2020-01-01', 'cov_dat', ['cov_dat_first_cases']),
  rule('CSTE: ≤60 d before hospitalisation [5]', 'cov_delay', ['EC12']),
  rule('CDC 2020: exposure within 4 weeks [4]', 'cov_delay', 'The case definition of CDC 2020.'),

  rule('H ≤ admission+2 d', 'ons_fevdat', ['ons_fevdat_admission']),
  rule('S ≤21 d before admission', 'ons_fevdat', ['EC11']),
  rule('splenomegaly is an HLH-2004 item', 'ons_hepm ons_splm', 'Said beside splenomegaly.'),
  rule('MS-score item [7]', 'ons_hem', 'Said beside the field.'),
  rule('MS-score item', 'ons_arth mas_cns', 'Said beside the field.'),
  rule('oliguria is usually <1 or <0.5 mL/kg/h [K]', 'ons_olig', 'Said beside the field.'),
  rule('keep the WHO wording, add value in VS', 'ons_olig', 'The label, and vs_uo.'),
  rule('negative/positive/not done/pending', 'ons_bc', 'The list CL_BC.'),

  rule('within stay/visit', 'vs_dt', ['vs_dt_in_visit']),
  rule('CDC modified z −5…+8 or WHO z −6…+5 by age (§11)', 'vs_wt', ['EC15']),
  rule('S if ≠ measured and used for dosing', 'vs_wtsrc', ['vs_wtsrc_dosing']),
  rule('CDC modified z −5…+4', 'vs_ht', ['EC16']),
  rule('by age', 'vs_hr', ['EC21']),
  rule('by age', 'vs_sbp', ['vs_sbp_by_age']),
  rule('by age', 'vs_dbp vs_rr', 'Section 6.10 has no window for queries of these two.'),
  rule('by age', 'eg_hr', ['eg_hr_by_age']),
  rule('DBP ≤ MAP ≤ SBP', 'vs_map', ['EC20']),
  rule('agrees with vs_temp', 'vs_fever', ['EC23']),

  rule('H in visit ±24 h', 'lb_dt', ['EC36']),
  rule('site lab list (carries its reference limits)', 'lb_lab', 'A text; the limits stand in the row.'),
  rule('§5 test id', 'lb_test', 'The list CL_TEST.'),
  rule('H/S per §5 after conversion', 'lb_val', 'The limits of the analytes.'),
  rule('only units convertible for that analyte (§5)', 'lb_unit', ['EC24']),
  rule('H lln<uln', 'lb_lln lb_uln', ['EC38']),
  rule('never overwrites lb_val', 'lb_std', 'An item of its own.'),

  rule('within study', 'ec_dt', ['ec_dt_in_study']),
  rule('exclusive with ec_ef', 'ec_efnq', 'Asked only while ec_ef has no number.'),
  rule('S change of method between PRE and H48', 'ec_efm', ['EC44_METHOD']),
  rule('H ec_fs < ec_ef', 'ec_fs', ['EC42']),
  rule('S |EF − 100·(1−(1−FS/100)³)| ≤ 20 [D]', 'ec_fs', ['EC43']),
  rule('z −4…+8', 'ec_lvedd', 'Nothing: the document has no reference for the z-score of this diameter.'),
  rule('none/minimal/moderate/large-tamponade', 'ec_peric', 'The list CL_PERIC.'),
  rule('S differs >0.5 from recomputed', 'ec_ladz', ['EC51']),
  rule('S differs >0.5 from recomputed', 'ec_rcaz', ['EC51_RCA']),
  rule('S differs >0.5 from recomputed', 'ec_lmcaz', ['EC51_LMCA']),
  rule('S one system per subject', 'ec_zsys', ['EC52']),
  rule('worst of three arteries, §8', 'ec_corcls', 'Its derivation.'),

  rule('in study', 'eg_dt', ['eg_dt_in_study']),
  rule('at least every 48 h in hospital [9]', 'eg_dt', ['eg_dt_every_48h']),
  rule('"normal" exclusive', 'eg_find', 'An exclusive code of its list.'),

  rule('in stay', 'sup_date', ['sup_date_in_stay']),
  rule('one row/day', 'sup_date', ['sup_date_once']),
  rule('start/stop dt if 1', 'sup_ecmo', 'The items sup_ecmosdt and sup_ecmoedt.'),

  rule('end>start', 'ig_sdt ig_edt', ['EC53']),
  rule('≤72 h', 'ig_sdt ig_edt', ['ig_edt_within_72h']),
  rule('S 8–48 h (typically 12 h [11])', 'ig_sdt ig_edt', ['ig_edt_usual_duration']),
  rule('0.8–1.2 or 1.8–2.2 (2 g/kg, or 1 g/kg/day ×2 if cardiac dysfunction [9])', 'ig_gkg', ['EC54']),
  rule('0 exclusive', 'ig_tol', ['EC57']),
  rule('1–5', 'ig_rx ae_gr', 'The list CL_AEGR.'),
  rule('§6.8', 'ig_rx', 'The grades are said beside the field.'),

  rule('IVB, IVC or PO', 'cs_route', 'The list CL_ROUTE_CS.'),
  rule('end ≥ start', 'cs_sdt cs_edt', ['EC53_CS']),
  rule('exclusive with cs_edt', 'cs_ong', 'The end is not asked while the treatment goes on.'),
  rule('0.5–2 or 10–30', 'cs_mpeq', ['EC60']),
  rule('by date-time, not by date', 'cs_before', 'Its derivation.'),

  rule('≤ T0', 'and_dt', ['and_dt_before_first_dose']),
  rule('from IG/CS dates', 'and_prior_ig and_prior_cs', 'Their derivation.'),
  rule('S differs ≤10 % from last vs_wt', 'and_wt', ['EC71']),
  rule('S ≠ SC → flag (study is SC)', 'and_route', ['and_route_subcutaneous']),
  rule('S <1.5 ×10⁹/L (EU label: do not start [13])', 'and_anc', ['EC69']),
  rule('S <30 → every-other-day dosing check', 'and_egfr', 'EC68, at the dose that follows too soon.'),
  rule('needed for CTCAE baseline', 'and_alt', 'and_altuln, its ratio to the upper limit.'),
  rule('leaflet: no data in children with COVID-19 [13]', 'and_off', 'The reason for asking.'),

  rule('≥ enr_admdt', 'anx_dt', ['EC61']),
  rule('≤ now', 'anx_dt', ['EC06']),
  rule('S interval 18–30 h (or 42–54 h if eGFR<30)', 'anx_dt', ['EC67', 'EC68', 'anx_dt_every_other_day']),
  rule('= mg/150 ±5 %', 'anx_vol', ['EC66']),
  rule('S ≠ SC', 'anx_route', ['EC70']),
  rule('rotate: same site twice running → info', 'anx_site', ['anx_site_rotation']),
  rule('0–4 (CTCAE §6.8)', 'anx_isr', 'The list CL_ISR.'),
  rule('>0 → AE row', 'anx_isr', ['EC76']),
  rule('H >50', 'anx_mgkg anx_mgkgd', 'EC62, of the dose in 24 h, which is never below a single one.'),
  rule('S >8 (label CAPS/DIRA/NOMID max [13][14])', 'anx_mgkg anx_mgkgd', 'EC63, of the dose in 24 h.'),
  rule('S >10 (top of NIH range [10])', 'anx_mgkg anx_mgkgd', 'EC64, of the dose in 24 h.'),
  rule('S <1', 'anx_mgkg anx_mgkgd', 'EC64, of the dose in 24 h.'),

  rule('anakinra L04AC03 [13] never entered here', 'cm_drug', ['cm_drug_not_anakinra']),
  rule('H >0', 'cm_dose cm_unit', 'The hard limit of the dose.'),
  rule('end ≥ start', 'cm_sdt cm_edt cm_ong', 'EC53 of other treatments.'),
  rule('ongoing xor end', 'cm_sdt cm_edt cm_ong', 'The end is not asked while the treatment goes on.'),

  rule('H in study', 'mas_dt', ['mas_dt_in_study']),
  rule('shown if mas_bm=1', 'mas_hemo', 'Its condition.'),
  rule('met / not met / not evaluable', 'mas_16', 'Yes, no, or no result.'),
  rule('0–8 with number evaluable', 'mas_hlhn mas_hlh', 'mas_hlhn and mas_hlhe.'),
  rule('only if mas_sjia=1', 'mas_ms', 'Its derivation.'),

  rule('S T0+36…60 h', 'r48_dt', ['r48_dt_window']),
  rule('agrees with VS', 'r48_apy', ['r48_apy_agrees']),
  rule('nearest to T0+48 h', 'r48_ef', 'Its derivation.'),
  rule('strict > (paper [1])', 'r48_efnorm', 'Its derivation.'),
  rule('not computed when censored', 'r48_crp r48_trop r48_bnp', 'Their derivation.'),

  rule('MedDRA coded later', 'ae_term', 'The words of the source are kept for it.'),
  rule('end ≥ start', 'ae_sdt ae_edt', ['ae_edt_after_start']),
  rule('onset before T0 → baseline event', 'ae_sdt ae_edt', 'ae_sdt_baseline, at the start.'),
  rule('xor ae_edt', 'ae_ong', 'The end is not asked while the event goes on.'),
  rule(
    'compare with derived lab grade',
    'ae_gr',
    'The grades that are derived beside the laboratory results.',
  ),
  rule('against §6.6 label list', 'ae_exp', 'Its derivation.'),
  rule('H ≥ ae_sdt', 'sae_aware', ['sae_aware_after_start']),
  rule('S ≤24 h after aware [K]', 'sae_rep', ['EC81']),
  rule('≥100 characters', 'sae_narr', 'Its pattern.'),

  rule('H ≥ enr_admdt', 'dsc_dt', ['EC09']),
  rule('H 0–dsc_los', 'dsc_picud', ['dsc_picud_within_stay']),
  rule('H consistent with AE', 'dth_dt dth_cause dth_aut', 'EC80, and dth_dt_after_fatal_event.'),

  rule('S in window (§2)', 'fu_dt', ['EC85']),
  rule('date if 1', 'fu_relap', 'The item fu_relapdt.'),
  rule('creates SAE prompt', 'fu_readm', 'Said beside the field.'),
  rule('as dsc_seq', 'fu_seq', 'The list CL_SEQ.'),
  rule('S T0 + 60…183 d', 'cmr_dt', ['cmr_dt_window']),
  rule('all queries closed', 'sig_by sig_dt sig_scope', 'What signing asks for; not of this table.'),
  rule('hash of signed content', 'sig_by sig_dt sig_scope', 'What sig_scope holds.'),
];
