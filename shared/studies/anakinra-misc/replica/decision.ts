/** What was judged: macrophage activation and the decision before the first dose, the response 48 h after it. */
import { hour, typedDate, typedTime } from './calendar.ts';
import { morningOf48h, type Course } from './course.ts';
import { typed, yes } from './entries.ts';

export function enterDecision({ entries, child, firstDose, hasHeartFailure, chance }: Course): void {
  const draw = chance('decision');
  const { before, indication } = child.disease;
  const hasMarrow = !hasHeartFailure && draw.between(0, 1) < 0.5;
  entries.fill('PRE', 'MAS', {
    mas_dt: typedDate(firstDose),
    mas_phys: yes(!hasHeartFailure),
    mas_sjia: '0',
    ...(hasHeartFailure ? {} : { mas_bm: yes(hasMarrow) }),
    ...(hasMarrow ? { mas_hemo: draw.oneOf('1', '0') } : {}),
    mas_nk: 'NOT',
    mas_cns: yes(!hasHeartFailure && draw.between(0, 1) < 0.3),
  });
  const firstDay = child.doses[0] ?? 0;
  entries.fill('PRE', 'AND', {
    and_ind: indication,
    and_refr:
      before === 'NONE'
        ? 'FIRST'
        : child.besides.includes('ivig-stopped')
          ? 'IGINT, ORGAN'
          : hasHeartFailure
            ? 'NI24, ORGAN'
            : 'NI24, FEV',
    and_dt: typedTime(firstDose - hour),
    and_wt: typed(child.person.weight, 1),
    and_mgkg: typed(Math.round((2 * firstDay) / child.person.weight) / 2, 1),
    and_route: 'SC',
    and_off: '1',
  });
}

export function enterResponse({ entries, child, firstDose }: Course): void {
  const hasMore = child.doses.length > 2;
  entries.fill('H48', 'R48', {
    r48_dt: typedTime(morningOf48h(firstDose) + 150),
    r48_apy: '1',
    r48_inot: Object.keys(child.disease.drips).length > 0 ? 'STOP' : 'NEVER',
    r48_resp: child.doses.length > 4 ? 'PART' : 'COMP',
    r48_esc: hasMore ? 'CONT' : 'STOP',
  });
}
