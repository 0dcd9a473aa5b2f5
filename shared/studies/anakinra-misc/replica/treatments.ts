/** The logs of treatment: immunoglobulins, corticosteroids, anakinra, other drugs. */
import { day, hour, midnightOf, onDay, typedDate, typedTime, type Minute } from './calendar.ts';
import type { Course } from './course.ts';
import { typed, yes, type Answers } from './entries.ts';

const product = 'Ig humaine normale 100 mg/mL';

/** Of the infusion that was stopped after 3 h. */
export interface Intolerance {
  readonly from: Minute;
  readonly to: Minute;
}

export function intoleranceOf({ child, admitted }: Course): Intolerance | null {
  const from = admitted + 10 * hour;
  return child.besides.includes('ivig-stopped') ? { from, to: from + 3 * hour } : null;
}

/** 2 g/kg: at once, or over two days where the heart fails. */
export function enterImmunoglobulins(course: Course): void {
  const { entries, child, firstDose } = course;
  const { before } = child.disease;
  const intolerance = intoleranceOf(course);
  if (intolerance !== null) {
    enterStoppedInfusion(course, intolerance);
    return;
  }
  const isLate = child.besides.includes('ivig-after');
  if (before !== 'IVIG' && before !== 'BOTH' && !isLate) {
    entries.fill('LOG', 'IG', { ig_given: '0' });
    return;
  }
  const start = isLate ? onDay(firstDose, 1, 11) : course.admitted + 8 * hour;
  const isSplit = course.hasHeartFailure;
  const grams = Math.min(gramsOf(child.person.weight * (isSplit ? 1 : 2)), isSplit ? 50 : 100);
  const infusion = (from: Minute): Answers => ({
    ig_sdt: typedTime(from),
    ig_edt: typedTime(from + 12 * hour),
    ig_wtb: 'ACT',
    ig_dose: typed(grams, grams % 1 === 0 ? 0 : 1),
    ig_split: yes(isSplit),
    ig_prod: product,
    ig_tol: '0',
  });
  const [first, ...others] = [infusion(start), ...(isSplit ? [infusion(start + day)] : [])];
  entries.fill('LOG', 'IG', { ig_given: '1', ...first }, ...others);
}

function enterStoppedInfusion({ entries, child }: Course, { from, to }: Intolerance): void {
  entries.fill('LOG', 'IG', {
    ig_given: '1',
    ig_sdt: typedTime(from),
    ig_edt: typedTime(to),
    ig_wtb: 'ACT',
    ig_dose: typed(gramsOf(child.person.weight * 0.8), 1),
    ig_split: '0',
    ig_prod: product,
    ig_tol: '2',
    ig_cv: 'TACHY, HYPOT, O2, INODIU',
    ig_act: '3, 4, 5',
    ig_comp: '40',
  });
  const place = { event: 'LOG', form: 'IG', item: 'ig_edt', check: 'ig_edt_usual_duration' };
  entries.confirm(place, 'Perfusion arrêtée pour intolérance hémodynamique');
}

/** In vials of 2.5 g. */
function gramsOf(grams: number): number {
  return 2.5 * Math.round(grams / 2.5);
}

/** Methylprednisolone at up to 2 mg/kg, then prednisolone for two weeks. */
export function enterCorticosteroids(course: Course): void {
  const { entries, child, admitted, firstDose, discharged } = course;
  const { before } = child.disease;
  const isLate = child.besides.includes('steroids-after');
  if (before !== 'CST' && before !== 'BOTH' && !isLate) {
    entries.fill('LOG', 'CS', { cs_given: '0' });
    return;
  }
  const start = isLate ? firstDose + 2 * hour : admitted + (before === 'CST' ? 5 : 20) * hour;
  const change = onDay(firstDose, 5, 10);
  const milligrams = Math.min(5 * Math.floor((child.person.weight * 1.95) / 5), 80);
  const end = midnightOf(firstDose) + 22 * day + 8 * hour;
  const isKnown = child.visits.M1 !== undefined;
  entries.fill(
    'LOG',
    'CS',
    {
      cs_given: '1',
      ...{
        cs_drug: 'MP',
        cs_route: 'IVB',
        cs_sdt: typedTime(start),
        cs_ong: '0',
        cs_edt: typedTime(change - hour),
      },
      cs_mgd: typed(milligrams),
    },
    {
      ...{ cs_drug: 'PL', cs_route: 'PO', cs_sdt: typedTime(change), cs_ong: yes(!isKnown) },
      ...(isKnown ? { cs_edt: typedTime(end) } : {}),
      cs_mgd: typed(Math.min(5 * Math.ceil(child.person.weight / 5), 60)),
    },
  );
  if (discharged < change) throw new Error(`${child.subject}: discharged under methylprednisolone`);
}

const sites = ['ABD', 'THI', 'ARM', 'BUT'] as const;

/** Once a day, a few minutes later each time; the volume is the dose at 150 mg/mL. */
export function doseTimes({ child, firstDose }: Course): readonly Minute[] {
  return child.doses.map((_, position) => firstDose + position * (day + 5));
}

export function enterAnakinra(course: Course): void {
  const { entries, child } = course;
  const times = doseTimes(course);
  entries.fill(
    'LOG',
    'ANX',
    ...child.doses.map((dose, position): Answers => {
      const at = typedTime(times[position] ?? course.firstDose);
      if (dose === null) return { anx_dt: at, anx_missed: 'REF' };
      return {
        anx_dt: at,
        anx_mg: typed(dose),
        anx_vol: typed(dose / 150, 2),
        anx_route: 'SC',
        anx_site: sites[position % sites.length] ?? 'ABD',
        anx_isr: yes(hasSiteReaction(course, position)),
      };
    }),
  );
  child.doses.forEach((dose, position) => {
    if (dose === null)
      entries.confirm(
        { event: 'LOG', form: 'ANX', row: position + 2, item: 'anx_dt', check: 'EC67' },
        'Dose de la veille refusée par l’enfant',
      );
  });
}

/** Redness at the third injection. */
export function hasSiteReaction({ child }: Course, position: number): boolean {
  return child.besides.includes('site-reaction') && position === 2;
}

export function enterOtherDrugs({ entries, child, admitted, firstDose }: Course): void {
  const { weight } = child.person;
  const { M1: firstMonth } = child.visits;
  const drug = (
    category: string,
    name: string,
    dose: string,
    unit: string,
    perDay: string,
    route: string,
  ): Answers => ({
    ...{ cm_cat: category, cm_drug: name, cm_dose: dose, cm_unit: unit, cm_freq: perDay, cm_route: route },
  });
  const until = (at: Minute): Answers => ({ cm_ong: '0', cm_edt: typedDate(at) });
  const aspirin = weight < 15 ? 50 : weight < 20 ? 75 : 100;
  entries.fill(
    'LOG',
    'CM',
    {
      ...drug('ATB', 'Ceftriaxone (J01DD04)', '75', 'mg/kg', '1', 'IVB'),
      ...{ cm_sdt: typedDate(admitted), ...until(admitted + 3 * day), cm_ind: 'OTH' },
    },
    {
      ...drug('PLT', 'Acide acétylsalicylique (B01AC06)', typed(aspirin), 'mg', '1', 'PO'),
      cm_sdt: typedDate(firstDose + 2 * day),
      // Stopped when the coronary arteries are found well at the first month.
      ...(firstMonth === undefined ? { cm_ong: '1' } : until(firstDose + firstMonth * day)),
      cm_ind: 'MISC',
    },
    ...(Math.min(child.lvef.SCR, child.lvef.PRE) < 35
      ? [
          {
            ...drug('COAG', 'Énoxaparine (B01AB05)', '100', 'UI/kg', '2', 'SC'),
            ...{
              cm_sdt: typedDate(admitted + day),
              ...until(firstDose + 5 * day),
              cm_ind: 'PROPH',
              cm_axa: '0,62',
            },
          },
        ]
      : []),
  );
}
