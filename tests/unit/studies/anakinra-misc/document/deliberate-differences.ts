/**
 * Every place where the definition says something else than the tables of the study document, and why.
 * A line that is no longer a difference fails the test, as does a difference without a line.
 */
import type { Difference } from './compare.ts';

interface Deliberate {
  readonly because: string;
  readonly lines: readonly (readonly [at: string, document: string, here: string])[];
}

const ofItems: readonly Deliberate[] = [
  {
    because: 'The application knows its site; the 23 sites of the study are not known one by one.',
    lines: [['enr_site type', 'single-choice', 'text']],
  },
  {
    because: 'Each site has laboratories of its own, which the study can’t list.',
    lines: [['lb_lab type', 'single-choice', 'text']],
  },
  {
    because:
      'Relation, number and unit are typed as one, ">35000 ng/L", and spread over the items of the row; the number of decimals and the unit are those of the report.',
    lines: [
      ['lb_val type', 'dec', 'measurement'],
      ['lb_val unit', 'as reported', '–'],
      ['lb_lln type', 'dec', 'decimal'],
      ['lb_lln unit', 'as reported', '–'],
      ['lb_uln type', 'dec', 'decimal'],
      ['lb_uln unit', 'as reported', '–'],
      ['lb_std unit', 'canon', '–'],
    ],
  },
  {
    because:
      'A check asks for local limits where they are needed (EC37, soft): a laboratory that gives none must not block the form.',
    lines: [
      ['lb_lln required', 'on a condition', 'never'],
      ['lb_uln required', 'on a condition', 'never'],
    ],
  },
  {
    because: 'A result without value and without reason is one finding, at the value.',
    lines: [['lb_miss required', 'on a condition', 'never']],
  },
  {
    because:
      'Every row of evidence has a kind and a date; a missing reason (NK) is an answer. That there is a row at all is the matter of EC13.',
    lines: [
      ['cov_typ required', 'on a condition', 'always'],
      ['cov_dat required', 'on a condition', 'always'],
    ],
  },
  {
    because: 'The pressure as measured; one that is worked out from the two others would hide which it is.',
    lines: [['vs_map type', 'int/calc', 'integer']],
  },
  {
    because: '15 is the best score: at most 15 is the hard limit already.',
    lines: [['vs_gcs soft', '15 to 15', '≥15']],
  },
  {
    because: 'Whether a z-score was reported is known only from its being there.',
    lines: [
      ['ec_ladz required', 'on a condition', 'never'],
      ['ec_rcaz required', 'on a condition', 'never'],
      ['ec_lmcaz required', 'on a condition', 'never'],
    ],
  },
  {
    because: 'Whether a drug was running is known only from its rate; empty means that it was not.',
    lines: ['dopa', 'dobu', 'epi', 'nor', 'mil', 'vas', 'levo'].map(
      (drug) => [`sup_${drug} required`, 'on a condition', 'never'] as const,
    ),
  },
  {
    because: 'The part of CL_ROUTE that section 4.12 allows.',
    lines: [['cs_route list', 'CL_ROUTE', 'CL_ROUTE_CS']],
  },
  {
    because: 'The band has a gap: the item has its lower end, EC60 the gap and the upper end.',
    lines: [['cs_mpeq soft', '–', '≥0.5']],
  },
  {
    because:
      'A planned dose that was not given has a row with its reason, and no dose. The reason is what makes it one.',
    lines: [
      ['anx_mg required', 'always', 'on a condition'],
      ['anx_route required', 'always', 'on a condition'],
      ['anx_isr required', 'always', 'on a condition'],
      ['anx_missed required', 'on a condition', 'never'],
    ],
  },
  {
    because:
      'The units of the two are those of the list CL_CMUNIT; "above 0" is 0.001 or more at three decimals.',
    lines: [
      ['cm_dose type', 'dec', 'decimal'],
      ['cm_dose unit', 'mg, mg/kg, [iU]/kg', '–'],
      ['cm_dose hard', '–', '≥0.001'],
      ['cm_unit unit', 'mg, mg/kg, [iU]/kg', '–'],
    ],
  },
  {
    because: 'A treatment that goes on has no end.',
    lines: [['cm_edt required', 'always', 'on a condition']],
  },
  {
    because: 'The document’s condition speaks of the end alone; the start is always required.',
    lines: [['ae_sdt required', 'on a condition', 'always']],
  },
  {
    because:
      'A supplement is entered for a serious event only; that it is entered is asked by ae_ser_supplement.',
    lines: ['aware', 'rep', 'narr', 'dech', 'rech'].map(
      (item) => [`sae_${item} required`, 'on a condition', 'always'] as const,
    ),
  },
  {
    because: 'EC10 has these limits, in better words.',
    lines: [['dsc_los soft', '2 to 40', '–']],
  },
  {
    because: 'The upper limit is another item: dsc_picud_within_stay has it.',
    lines: [['dsc_picud hard', '–', '≥0']],
  },
  {
    because:
      'Items of the application have a type too. A signature fills them: nobody can be asked for them.',
    lines: [
      ['sig_by type', 'system', 'text'],
      ['sig_by required', 'on a condition', 'never'],
      ['sig_dt type', 'system', 'date-time'],
      ['sig_dt required', 'on a condition', 'never'],
      ['sig_scope type', 'system', 'text'],
      ['sig_scope required', 'on a condition', 'never'],
    ],
  },
  {
    because:
      'Asked for beside the item and without an id there: "start/stop dt if 1", "date if 1", "AE (link)", and the event that a supplement belongs to.',
    lines: [
      ['sup_ecmosdt item', '–', 'date-time'],
      ['sup_ecmoedt item', '–', 'date-time'],
      ['fu_relapdt item', '–', 'date'],
      ['cm_ae item', '–', 'integer'],
      ['sae_ae item', '–', 'integer'],
    ],
  },
];

const ofWords: readonly Deliberate[] = [
  {
    because: 'Written out, or in the words that the ward uses; the meaning is the same.',
    lines: [
      [
        'mh_list option 5',
        'sJIA-Still/AJIs-Still',
        'sJIA / Still’s disease/AJI systémique / maladie de Still',
      ],
      [
        'mh_list option 6',
        'other inflammatory rheum. disease/autre rhumatisme inflammatoire',
        'Other inflammatory rheumatic disease/Autre rhumatisme inflammatoire',
      ],
      ['cov_typ option 6', 'total Ab/Ac totaux', 'Total antibodies/Anticorps totaux'],
      ['cov_typ option 7', 'contact case/contact', 'Contact case/Cas contact'],
      ['ec_op option 2', 'core lab/relecture centralisée', 'Core laboratory/Relecture centralisée'],
      ['ig_cv option 1', 'tachycardia rise', 'Rise in heart rate/Accélération de la fréquence cardiaque'],
      ['ig_cv option 3', 'rise in O2 need', 'Rise in oxygen need/Augmentation des besoins en oxygène'],
      [
        'ig_cv option 5',
        'LVEF fall ≥10 points',
        'LVEF fall of 10 points or more/Baisse de la FEVG de 10 points ou plus',
      ],
      [
        'ig_cv option 6',
        'need for inotrope/diuretic',
        'Need for inotrope or diuretic/Recours à un inotrope ou à un diurétique',
      ],
      [
        'and_refr option 1',
        'no improvement ≥24 h after first line [10]',
        'No improvement ≥ 24 h after first line/Pas d’amélioration ≥ 24 h après la première ligne',
      ],
      [
        'and_refr option 2',
        'fever persisting 2 days after first line or recurring ≤7 d [17]',
        'Fever persisting 2 days after first line or recurring within 7 days/Fièvre persistant 2 jours après la première ligne ou récidivant dans les 7 jours',
      ],
      [
        'and_refr option 3',
        'persistent/worsening organ involvement',
        'Persistent or worsening organ involvement/Atteinte d’organe persistante ou aggravée',
      ],
      [
        'and_refr option 5',
        'first-line anakinra, not refractory/première intention',
        'First-line anakinra, not refractory/Anakinra en première intention, non réfractaire',
      ],
      ['cm_ind option 2', 'AE (link)', 'Adverse event/Événement indésirable'],
      ['mas_nk option 2', 'low-absent/basse-absente', 'Low or absent/Basse ou absente'],
      ['r48_esc option 4', 'IV switch/relais IV', 'Switch to IV/Relais IV'],
      [
        'ae_cat option 4',
        'injection-site reaction/réaction au site',
        'Injection site reaction/Réaction au site d’injection',
      ],
      ['fu_stat option 3', 'lost/perdu de vue', 'Lost to follow-up/Perdu de vue'],
      ['end_reas option 2', 'lost/perdu de vue', 'Lost to follow-up/Perdu de vue'],
    ],
  },
];

const ofLists: readonly Deliberate[] = [
  {
    because: 'Written out, with spaces where they read better; French words agree with what they describe.',
    lines: [
      [
        'CL_INDIC HF',
        'Heart failure/LV dysfunction — Insuffisance cardiaque/dysfonction VG',
        'Heart failure / LV dysfunction/Insuffisance cardiaque / dysfonction VG',
      ],
      ['CL_COR 1', 'None z<2/Aucune', 'None (z < 2)/Aucune (z < 2)'],
      [
        'CL_COR 2',
        'Dilation only z 2–<2.5/Dilatation seule',
        'Dilatation only (z 2 to < 2.5)/Dilatation seule (z 2 à < 2,5)',
      ],
      [
        'CL_COR 3',
        'Small aneurysm z ≥2.5–<5/Petit anévrisme',
        'Small aneurysm (z ≥ 2.5 to < 5)/Petit anévrisme (z ≥ 2,5 à < 5)',
      ],
      [
        'CL_COR 4',
        'Medium z ≥5–<10 and <8 mm/Moyen',
        'Medium aneurysm (z ≥ 5 to < 10 and < 8 mm)/Anévrisme moyen (z ≥ 5 à < 10 et < 8 mm)',
      ],
      [
        'CL_COR 5',
        'Large-giant z ≥10 or ≥8 mm/Géant',
        'Large or giant aneurysm (z ≥ 10 or ≥ 8 mm)/Anévrisme géant (z ≥ 10 ou ≥ 8 mm)',
      ],
      ['CL_REGURG 1', 'trivial-mild/minime', 'Trivial to mild/Minime'],
      ['CL_VACC 2', 'two', 'Two doses/Deux doses'],
      ['CL_VACC 3', 'three or more', 'Three doses or more/Trois doses ou plus'],
      ['CL_CAUS CERT', 'WHO-UMC [K]: certain', 'Certain/Certaine'],
      ['CL_AEACT RED', 'dose reduced/réduite', 'Dose reduced/Dose réduite'],
      ['CL_AEACT INT', 'interrupted/interrompue', 'Interrupted/Interrompu'],
      ['CL_AEACT WD', 'withdrawn/arrêtée', 'Withdrawn/Arrêté'],
      ['CL_AEOUT RECOVERING', 'recovering/en cours', 'Recovering/En cours de guérison'],
      ['CL_AEOUT UNK', 'unknown/inconnu', 'Unknown/Inconnue'],
      [
        'CL_ROSS I',
        'no limitation or symptoms',
        'Class I – no limitation or symptoms/Classe I – ni limitation ni symptôme',
      ],
      [
        'CL_ROSS II',
        'infants: mild tachypnoea/sweating with feeding; older: mild-moderate exertional dyspnoea',
        'Class II – infants: mild tachypnoea or sweating with feeding; older: mild to moderate exertional dyspnoea/Classe II – nourrisson : tachypnée ou sueurs légères à l’alimentation ; plus grand : dyspnée d’effort légère à modérée',
      ],
      [
        'CL_ROSS III',
        'infants: growth failure, marked tachypnoea/sweating with feeding; older: marked exertional dyspnoea',
        'Class III – infants: growth failure, marked tachypnoea or sweating with feeding; older: marked exertional dyspnoea/Classe III – nourrisson : retard de croissance, tachypnée ou sueurs marquées à l’alimentation ; plus grand : dyspnée d’effort marquée',
      ],
      ['CL_ROSS IV', 'symptoms at rest', 'Class IV – symptoms at rest/Classe IV – symptômes au repos'],
      [
        'CL_IGTOL 1',
        'mild-moderate immediate reaction/réaction immédiate légère-modérée',
        'Mild to moderate immediate reaction/Réaction immédiate légère à modérée',
      ],
    ],
  },
  {
    because: '"CTCAE v5 grade 1–5" is five codes.',
    lines: [
      ['CL_AEGR codes', '1', '5'],
      ['CL_AEGR code 1', 'CTCAE', '1'],
      ['CL_AEGR 1', 'v5 grade 1–5', 'Grade 1/Grade 1'],
    ],
  },
];

const ofEvents: readonly Deliberate[] = [
  {
    because:
      'The table has no column for unscheduled visits: what a visit can hold may be done there (section 4.20 names UNS for FU).',
    lines: ['VS', 'LB', 'EC', 'EG', 'SUP', 'MAS', 'FU'].map(
      (form) => [`${form} at UNS`, '–', 'optional'] as const,
    ),
  },
  {
    because: '"PRE, repeat if suspected" (section 4.16).',
    lines: ['D', 'H24', 'H48', 'D7'].map((event) => [`MAS at ${event}`, '–', 'optional'] as const),
  },
  {
    because:
      'Only a child whose worst LVEF was below 50 % has an MRI, from the second month on: no visit waits for it, and EC84 asks for the answer.',
    lines: [
      ['CMR at M1', 'required', 'optional'],
      ['CMR at M6', 'required', 'optional'],
    ],
  },
  {
    because:
      'The table has no column for the logs. Whether immunoglobulins and corticosteroids were given is always asked, and every child has doses.',
    lines: [
      ...['IG', 'CS', 'ANX'].map((form) => [`${form} at LOG`, '–', 'required'] as const),
      ...['CM', 'AE', 'SAE', 'DV'].map((form) => [`${form} at LOG`, '–', 'optional'] as const),
    ],
  },
  {
    because:
      'A death or the end of the study can come at any time: they belong to no visit. Every child’s study ends.',
    lines: [
      ['DTH at LOG', '–', 'optional'],
      ['END at LOG', '–', 'required'],
    ],
  },
];

const ofAnalytes: readonly Deliberate[] = [
  {
    because: 'One row of the table has two tests; each has its own code.',
    lines: [
      ['inr LOINC', '6301-6, 5894-1', '6301-6'],
      ['tp LOINC', '6301-6, 5894-1', '5894-1'],
    ],
  },
  {
    because: 'It is measured by echocardiography and stands in EC.',
    lines: [['lvef analyte', 'there', '–']],
  },
];

const toDifferences = (groups: readonly Deliberate[]): readonly Difference[] =>
  groups.flatMap(({ lines }) => lines.map(([at, document, here]) => ({ at, document, here })));

export const deliberate = {
  items: toDifferences([...ofItems, ...ofWords]),
  lists: toDifferences(ofLists),
  events: toDifferences(ofEvents),
  analytes: toDifferences(ofAnalytes),
} as const;
