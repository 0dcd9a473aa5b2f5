/** How a picture of the course speaks: of time since the anchor, and of one value or treatment in a line. */
import type { CoursePicture, UnplacedAnswer } from '#shared/course-picture.ts';
import { showDate } from '#shared/partial-date.ts';
import type { Language } from '#shared/study.ts';
import { showUnit } from '#shared/units.ts';
import type { CourseMark } from './course-marks.ts';

const noBreakSpace = '\u00A0';
const minus = '\u2212';

/** "+47 h 30", "−4 h"; from three days on in days: "+7 d 3 h". */
export function sinceAnchor(hours: number, language: Language): string {
  const minutes = Math.round(Math.abs(hours) * 60);
  const sign = minutes === 0 ? '' : hours < 0 ? minus : '+';
  const day = language === 'fr' ? 'j' : 'd';
  const parts = (large: number, unit: string, small: string): string =>
    `${sign}${large}${noBreakSpace}${unit}${small === '' ? '' : noBreakSpace + small}`;
  if (minutes < 72 * 60) {
    const rest = minutes % 60;
    return parts(Math.floor(minutes / 60), 'h', rest === 0 ? '' : String(rest).padStart(2, '0'));
  }
  const restHours = Math.floor((minutes % 1440) / 60);
  return parts(Math.floor(minutes / 1440), day, restHours === 0 ? '' : `${restHours}${noBreakSpace}h`);
}

/** From when to when, in the words of the axis: "−26 h to −14 h", "+48 h →". */
export function spanSinceAnchor(mark: CourseMark, language: Language): string {
  const from = sinceAnchor(mark.from, language);
  if (mark.to !== null) return `${from} ${language === 'fr' ? 'à' : 'to'} ${sinceAnchor(mark.to, language)}`;
  return mark.end === 'ongoing' ? `${from} →` : from;
}

export function dateOf(answer: { readonly at: string | null }, language: Language): string {
  return answer.at === null ? '–' : showDate(answer.at, language);
}

export function labelWithUnit(label: string, unit: string | null, language: Language): string {
  const shown = unit === null ? '' : showUnit(unit, language);
  return shown === '' ? label : `${label}, ${shown}`;
}

/** Answers without a place on the axis, those of one reason together, in the order in which the reasons first come up. */
export function byReason(
  course: CoursePicture,
): readonly { readonly reason: UnplacedAnswer['reason']; readonly answers: readonly UnplacedAnswer[] }[] {
  const groups = new Map<UnplacedAnswer['reason'], UnplacedAnswer[]>();
  for (const answer of course.unplaced) {
    const group = groups.get(answer.reason);
    if (group === undefined) groups.set(answer.reason, [answer]);
    else group.push(answer);
  }
  return [...groups].map(([reason, answers]) => ({ reason, answers }));
}

/** A name as it stands within a sentence; an abbreviation keeps its capitals. */
export function inSentence(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
