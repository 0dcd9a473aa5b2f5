/** The forms of the first visit that are filled once: enrolment, demographics, history, evidence, onset. */
import { day, daysFrom, typedDate, typedTime } from './calendar.ts';
import { picuAdmission, type Course } from './course.ts';
import { typed, yes } from './entries.ts';

export function enterAdmission(course: Course): void {
  enterEnrolment(course);
  const { entries, child } = course;
  const [year = '', month = ''] = child.person.birth.split('-');
  entries.fill('SCR', 'DM', { dm_birth: `${month}/${year}`, dm_sex: child.person.sex, dm_country: 'FR' });
  enterHistory(course);
  enterEvidence(course);
  enterOnset(course);
}

function enterEnrolment({ entries, child, admitted }: Course): void {
  entries.fill('SCR', 'ENR', {
    enr_infodat: typedDate(admitted),
    enr_noopp: '1',
    enr_admdt: typedTime(admitted),
    enr_picu: yes(child.stay.picu > 0),
    ...(child.stay.picu > 0 ? { enr_picudt: typedTime(picuAdmission(admitted)) } : {}),
    enr_misc: '1',
    enr_defs: 'WHO20, CDC20, CSTE23',
    enr_refr: '1',
    enr_ex_inf: '0',
    enr_ex_hyp: '0',
  });
}

/** Vaccines came for adolescents in the summer of 2021; one child was vaccinated before falling ill. */
function enterHistory({ entries, child, admitted, age, chance }: Course): void {
  const { person } = child;
  const isObese = person.weight / (person.height / 100) ** 2 > 24 && age < 12;
  const isVaccinated = admitted > Date.UTC(2022, 0) / 60_000 && age > 12;
  const comorbidities = [
    ...(isObese ? ['OBES'] : []),
    ...(chance('history').between(0, 1) < 0.12 ? ['ASTH'] : []),
  ];
  entries.fill('SCR', 'MH', {
    mh_any: yes(comorbidities.length > 0),
    ...(comorbidities.length > 0 ? { mh_list: comorbidities.join(', ') } : {}),
    mh_kd: '0',
    mh_mis: '0',
    mh_anak: '0',
    mh_livevac: chance('vaccine').between(0, 1) < 0.15 ? '99' : '0',
    mh_covvac: isVaccinated ? '2' : '0',
    ...(isVaccinated ? { mh_covvacdat: typedDate(admitted - 130 * day) } : {}),
    ...(comorbidities.includes('ASTH') ? { mh_meds: 'Fluticasone inhalée' } : {}),
  });
}

/** A documented infection or a contact some weeks before, and antibodies at admission. */
function enterEvidence({ entries, admitted, febrileSince, chance }: Course): void {
  const draw = chance('evidence');
  const infected = febrileSince - draw.whole(21, 40) * day;
  const known =
    draw.between(0, 1) < 0.4
      ? { cov_typ: 'PCR', cov_dat: typedDate(infected), cov_spec: 'NASO', cov_res: 'POS' }
      : { cov_typ: 'CONT', cov_dat: typedDate(infected) };
  entries.fill(
    'SCR',
    'COV',
    known,
    {
      cov_typ: 'PCR',
      cov_dat: typedDate(admitted),
      cov_spec: 'NASO',
      cov_res: draw.oneOf('NEG', 'NEG', 'POS'),
    },
    {
      cov_typ: draw.oneOf('IGG', 'IGG', 'AB'),
      cov_dat: typedDate(admitted + day),
      cov_spec: 'SERUM',
      cov_res: 'POS',
    },
  );
}

function enterOnset({ entries, child, admitted, febrileSince, chance, hasHeartFailure }: Course): void {
  const draw = chance('signs');
  const often = (share: number): string => yes(draw.between(0, 1) < share);
  const days = daysFrom(febrileSince, admitted);
  const { shock, indication } = child.disease;
  const isMas = indication === 'MAS';
  entries.fill('SCR', 'ONS', {
    ons_fevdat: typedDate(febrileSince),
    ons_fevdur: draw.between(0, 1) < 0.15 ? `>=${days}` : String(days),
    ons_tmax: typed(draw.between(39.2, 40.4), 1),
    ons_rash: often(0.7),
    ons_conj: often(0.75),
    ons_mouth: often(0.5),
    ons_ext: often(0.3),
    ons_node: often(0.3),
    ons_abdo: '1',
    ons_vom: often(0.6),
    ons_diar: often(0.5),
    ons_shock: yes(shock !== null),
    ...(shock === null ? {} : { ons_shtyp: shock }),
    ons_crt: yes(shock !== null),
    ons_chest: hasHeartFailure ? often(0.3) : '0',
    ons_resp: shock === null ? often(0.2) : '1',
    ons_neuro: isMas ? 'HEAD, CONF' : draw.oneOf('NONE', 'NONE', 'HEAD'),
    ons_hepm: isMas ? '1' : often(0.2),
    ons_splm: isMas ? '1' : '0',
    ons_hem: isMas ? often(0.3) : '0',
    ons_arth: '0',
    ons_eff: hasHeartFailure ? draw.oneOf('PERIC', 'NONE', 'PLEUR, PERIC') : 'NONE',
    ons_olig: yes(shock !== null),
    ons_alt: '0',
    ons_bc: 'NEG',
  });
}
